package io.batchmesh.push;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.OverrideOrder;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.Reading;
import io.batchmesh.target.RunningConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Break-glass: switches something by hand at all proxies that it concerns, past plans and pushes,
 * and takes it back. Safe for use by several threads.
 */
public final class BreakGlass {
    private final AdminClient client;
    private final Readback readback;

    /**
     * @param io a virtual thread for each task
     */
    public BreakGlass(AdminClient client, ExecutorService io) {
        this.client = client;
        this.readback = new Readback(client, io);
    }

    /**
     * How a switch is made.
     *
     * @param on whether it is switched; false to take it back
     * @param expiresIn when it ends by itself, or null for when it is taken back
     * @param author who does it, or null
     */
    public record Act(boolean on, @Nullable Duration expiresIn, @Nullable String author) {}

    /** What is switched by hand at each proxy. Waits. */
    public Map<ProxyId, Reading<List<OverrideEntry>>> list(Environment environment) {
        return readback.each(environment, client::overrides);
    }

    /**
     * Switches batching of a link off, or on again, at each proxy of the calling service. Waits.
     */
    public Map<ProxyId, Reading<List<OverrideEntry>>> batching(
            Environment environment, LinkId link, Act act) {
        var kind = OverrideEntry.Kind.BATCHING_OFF;
        var callers =
                environment.proxies().stream()
                        .filter(p -> p.service().equals(link.from()))
                        .toList();
        return readback.each(
                new Environment(environment.name(), callers, environment.addresses()),
                proxy -> client.override(proxy, order(kind, link.toString(), act)));
    }

    /**
     * Takes an endpoint out, or in again, at each proxy that may call it. Waits.
     *
     * @param endpoint its address as the proxies have it, or {@code service/subset}, or {@code
     *     service/subset/n} for the n-th endpoint, from 1
     * @return what is switched at each proxy now; {@link Reading.None} where it is not called
     */
    public Map<ProxyId, Reading<List<OverrideEntry>>> endpoint(
            Environment environment, String endpoint, Act act) {
        return readback.each(environment, proxy -> endpoint(proxy, endpoint, act));
    }

    private Reading<List<OverrideEntry>> endpoint(
            ProxyEndpointRef proxy, String endpoint, Act act) {
        return switch (client.config(proxy)) {
            case Reading.Got<RunningConfig>(var running) ->
                    switchAll(proxy, addresses(running, endpoint), act);
            case Reading.None<RunningConfig> _ -> new Reading.None<>();
            case Reading.Unreachable<RunningConfig>(var why) -> new Reading.Unreachable<>(why);
            case Reading.Unreadable<RunningConfig>(var why) -> new Reading.Unreadable<>(why);
        };
    }

    private Reading<List<OverrideEntry>> switchAll(
            ProxyEndpointRef proxy, Set<String> addresses, Act act) {
        Reading<List<OverrideEntry>> last = new Reading.None<>();
        for (var address : addresses) {
            last = client.override(proxy, order(OverrideEntry.Kind.ENDPOINT_EJECTED, address, act));
            if (!(last instanceof Reading.Got)) {
                return last;
            }
        }
        return last;
    }

    private static OverrideOrder order(OverrideEntry.Kind kind, String subject, Act act) {
        return new OverrideOrder(kind, subject, act.on(), act.expiresIn(), act.author());
    }

    /** The addresses that are meant, of all links of a proxy. */
    private static Set<String> addresses(RunningConfig running, String endpoint) {
        var path = List.of(endpoint.split("/", -1));
        var found = new LinkedHashSet<String>();
        for (var link : running.config().links()) {
            for (var subset : link.subsets().entrySet()) {
                var all = new ArrayList<String>();
                subset.getValue().stream().map(LinkConfig.Upstream::address).forEach(all::add);
                boolean meant =
                        path.size() > 1
                                && path.size() <= 3
                                && path.get(0).equals(link.host())
                                && path.get(1).equals(subset.getKey());
                if (meant && path.size() == 2) {
                    found.addAll(all);
                } else if (meant && number(path.get(2)) >= 1 && number(path.get(2)) <= all.size()) {
                    found.add(all.get(number(path.get(2)) - 1));
                } else if (all.contains(endpoint)) {
                    found.add(endpoint);
                }
            }
        }
        return found;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }
}
