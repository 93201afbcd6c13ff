package io.batchmesh.ui.shell;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.push.BreakGlass;
import io.batchmesh.target.Environment;
import io.batchmesh.target.Reading;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.HandSwitch;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches things by hand at the proxies of one environment, off the FX thread. */
final class SessionSwitch implements HandSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSwitch.class);

    private final Workspace workspace;
    private final Environment environment;
    private final SessionParts parts;

    SessionSwitch(Workspace workspace, Environment environment, SessionParts parts) {
        this.workspace = workspace;
        this.environment = environment;
        this.parts = parts;
    }

    @Override
    public void batching(LinkId link, boolean off) {
        act(() -> parts.glass().batching(environment, link, how(off)));
    }

    @Override
    public void endpoint(String address, boolean out) {
        act(() -> parts.glass().endpoint(environment, address, how(out)));
    }

    private BreakGlass.Act how(boolean on) {
        return new BreakGlass.Act(on, null, parts.push().author());
    }

    private void act(Supplier<Map<ProxyId, Reading<List<OverrideEntry>>>> order) {
        parts.io()
                .execute(() -> {
                    try {
                        tell(order.get());
                    } finally {
                        look();
                    }
                });
    }

    private void tell(Map<ProxyId, Reading<List<OverrideEntry>>> answers) {
        boolean some = answers.values().stream().anyMatch(r -> r instanceof Reading.Got);
        var trouble =
                answers.entrySet().stream()
                        .map(e -> trouble(e.getKey(), e.getValue()))
                        .filter(t -> !t.isEmpty())
                        .findFirst()
                        .orElse(some ? "" : "no proxy has anything to switch there");
        FxThread.run(() -> workspace.refuse(trouble));
    }

    private static String trouble(ProxyId proxy, Reading<List<OverrideEntry>> answer) {
        return switch (answer) {
            case Reading.Unreachable<List<OverrideEntry>>(var why) ->
                    proxy + " not switched: " + why;
            case Reading.Unreadable<List<OverrideEntry>>(var why) ->
                    proxy + " not switched: " + why;
            default -> "";
        };
    }

    /** Reads back what is switched; waits. */
    void look() {
        var found = new HashMap<String, List<OverrideEntry>>();
        parts.glass()
                .list(environment)
                .forEach((proxy, answer) -> {
                    switch (answer) {
                        case Reading.Got<List<OverrideEntry>>(var entries)
                                when !entries.isEmpty() ->
                                found.put(proxy.name(), entries);
                        case Reading.Unreadable<List<OverrideEntry>>(var why) ->
                                LOG.debug(
                                        "{} does not say what is switched by hand: {}", proxy, why);
                        default -> {
                            // Nothing is switched, or nothing is known; the status line says who is
                            // silent.
                        }
                    }
                });
        var switched = new Switched(found);
        FxThread.run(() -> workspace.switchedProperty().set(switched));
    }
}
