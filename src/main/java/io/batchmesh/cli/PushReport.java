package io.batchmesh.cli;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.document.Document;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.push.ProxyPush;
import io.batchmesh.push.ProxyPush.State;
import io.batchmesh.push.PushProgress;
import io.batchmesh.push.PushRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Prints what came of a push, and what that means for scripts. */
final class PushReport {
    private final PushRequest request;
    private final Map<String, String> versions = new HashMap<>();

    PushReport(PushRequest request, List<Document> desired) {
        this.request = request;
        desired.forEach(d -> versions.put(d.id().name(), d.version().text()));
    }

    ObjectNode json(PushProgress end) {
        return ObjectWriter.object(o ->
                o.put("push", end.id().isNone() ? null : end.id().header())
                        .put("dryRun", end.dryRun())
                        .put("target", request.environment().name())
                        .put("revision", request.revision())
                        .put("phase", end.phase().name().toLowerCase(Locale.ROOT))
                        .putArray("proxies", end.proxies(), this::json));
    }

    private ObjectNode json(ProxyPush proxy) {
        return ObjectWriter.object(o ->
                o.put("proxy", proxy.proxy().name())
                        .put("state", proxy.state().label())
                        .put("version", version(proxy))
                        .put("reason", proxy.reason()));
    }

    /** The version that it is to run. */
    private @Nullable String version(ProxyPush proxy) {
        var known = proxy.version();
        return known == null ? versions.get(proxy.proxy().name()) : known.hash();
    }

    /** The result for people: a line for each proxy and one for the sum. */
    List<String> lines(PushProgress end) {
        var rows = new ArrayList<List<String>>();
        for (var proxy : end.proxies()) {
            var version = version(proxy);
            var brief = version == null ? "" : new ConfigVersion(version).brief();
            rows.add(List.of(proxy.proxy().name(), proxy.state().label(), brief, proxy.reason()));
        }
        var lines = new ArrayList<>(Plain.columns(rows));
        lines.add(summary(end));
        return lines;
    }

    private static String summary(PushProgress end) {
        var parts = new ArrayList<String>();
        for (var state : State.values()) {
            int count = end.count(state);
            if (count > 0) {
                parts.add(count + " " + state.label());
            }
        }
        var what = end.dryRun() ? "dry run" : end.id().isNone() ? "push" : end.id().toString();
        var counts = parts.isEmpty() ? "nothing to push" : String.join(", ", parts);
        return what + ": " + counts;
    }

    /** The exit code that says it to scripts. */
    static int exitCode(PushProgress end) {
        if (end.count(State.CONFLICT) > 0) {
            return ExitCode.CONFLICT;
        }
        var failed = end.proxies().stream().filter(p -> !good(p, end.dryRun())).toList();
        if (failed.isEmpty()) {
            return ExitCode.DONE;
        }
        boolean nobody =
                failed.size() == end.proxies().size()
                        && failed.stream().allMatch(p -> p.state() == State.UNREACHABLE);
        return nobody ? ExitCode.UNREACHABLE : ExitCode.INCOMPLETE;
    }

    /** In a dry run, a proxy that would take its config is as good as one that did. */
    private static boolean good(ProxyPush proxy, boolean dryRun) {
        return proxy.state().isDone() || (dryRun && proxy.state() == State.PENDING);
    }
}
