package io.batchmesh.push;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.Reading;
import io.batchmesh.target.RunningConfig;
import io.batchmesh.translate.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans how to take a push back: each proxy that got it gets the config that it ran before, from
 * the history that it keeps itself, in the opposite order. Pushing the plan is an ordinary push. A
 * proxy that runs something else by now is left alone, since that is somebody's newer change.
 */
public final class Rollback {
    private final AdminClient client;
    private final Readback readback;

    public Rollback(AdminClient client, Readback readback) {
        this.client = client;
        this.readback = readback;
    }

    /**
     * How to take a push back.
     *
     * @param plan the plan; proxies that cannot be taken back are in it with the reason
     * @param revision the revision that all proxies ran before, or null where it was not the same
     */
    public record Proposal(Plan plan, @Nullable String revision) {}

    /** Asks the proxies of a push for what they ran before; waits for them. */
    public Proposal plan(PushRecord push, Environment environment) {
        return plan(push.proxies(), environment);
    }

    /**
     * Asks proxies for what they ran before a push; waits for them.
     *
     * @param push what is known of each proxy that the push was for, in the order in which they
     *     were served
     */
    public Proposal plan(List<ProxyPush> push, Environment environment) {
        var affected = affected(push);
        var readings = readback.read(only(environment, affected));
        var earlier = earlier(affected, environment);
        var work = new Work();
        for (var proxy : affected.reversed()) {
            work.add(proxy, readings.get(proxy.proxy()), earlier.get(proxy.proxy()));
        }
        return work.proposal();
    }

    private static List<ProxyPush> affected(List<ProxyPush> push) {
        return push.stream()
                .filter(p ->
                        p.state() == ProxyPush.State.ACKED || p.state() == ProxyPush.State.UNKNOWN)
                .toList();
    }

    private static Environment only(Environment environment, List<ProxyPush> affected) {
        var names = new HashSet<ProxyId>();
        affected.forEach(p -> names.add(p.proxy()));
        var proxies = environment.proxies().stream().filter(p -> names.contains(p.name())).toList();
        return new Environment(environment.name(), proxies, environment.addresses());
    }

    private Map<ProxyId, Reading<RunningConfig>> earlier(
            List<ProxyPush> affected, Environment environment) {
        var before = new HashMap<ProxyId, ProxyPush>();
        affected.stream().filter(p -> p.before() != null).forEach(p -> before.put(p.proxy(), p));
        var asked = only(environment, List.copyOf(before.values()));
        return readback.each(asked, proxy -> earlier(proxy, before.get(proxy.name())));
    }

    private Reading<RunningConfig> earlier(ProxyEndpointRef proxy, @Nullable ProxyPush push) {
        var version = push == null ? null : push.before();
        return version == null ? new Reading.None<>() : client.config(proxy, version);
    }

    /** Sorts the proxies into those that can be taken back and those that cannot. */
    private static final class Work {
        private final List<Document> desired = new ArrayList<>();
        private final Map<DocumentId, RunningDocument> running = new HashMap<>();
        private final List<DocumentChange> left = new ArrayList<>();
        private final Set<String> revisions = new HashSet<>();

        void add(
                ProxyPush push,
                @Nullable Reading<RunningConfig> now,
                @Nullable Reading<RunningConfig> earlier) {
            var id = DocumentId.sidecar(push.proxy().name());
            switch (now) {
                case null -> leave(id, null, "no proxy of this name runs at the target");
                case Reading.Got<RunningConfig>(var config) -> add(push, id, config, earlier);
                case Reading.None<RunningConfig> _ -> leave(id, null, "it runs nothing");
                case Reading.Unreachable<RunningConfig>(var reason) ->
                        leave(id, null, "unreachable: " + reason);
                case Reading.Unreadable<RunningConfig>(var reason) ->
                        leave(id, null, "unreadable: " + reason);
            }
        }

        private void add(
                ProxyPush push,
                DocumentId id,
                RunningConfig now,
                @Nullable Reading<RunningConfig> earlier) {
            boolean back = now.version().equals(push.before());
            if (!back && !now.version().equals(push.version())) {
                leave(id, now, "it runs " + now.version().brief() + ", a newer change");
            } else if (push.before() == null) {
                leave(id, now, "it ran nothing before this push");
            } else if (back) {
                restore(id, now, now);
            } else if (earlier instanceof Reading.Got<RunningConfig>(var config)) {
                restore(id, now, config);
            } else {
                leave(id, now, "it no longer keeps " + push.before().brief());
            }
        }

        private void restore(DocumentId id, RunningConfig now, RunningConfig earlier) {
            desired.add(Documents.of(earlier.config()));
            running.put(id, new RunningDocument.Present(Documents.of(now.config())));
            revisions.add(String.valueOf(earlier.stamp().revision()));
        }

        private void leave(DocumentId id, @Nullable RunningConfig now, String problem) {
            var document = now == null ? null : Documents.of(now.config());
            left.add(
                    new DocumentChange(
                            id, DocumentChange.Kind.UNKNOWN, document, null, List.of(), problem));
        }

        Proposal proposal() {
            var plan = PlanBuilder.plan(desired, running);
            var changes = new ArrayList<>(plan.changes());
            changes.addAll(left);
            var one = revisions.size() == 1 ? revisions.iterator().next() : "null";
            return new Proposal(
                    new Plan(changes, plan.unchanged()), one.equals("null") ? null : one);
        }
    }
}
