package io.batchmesh.ui.shell;

import io.batchmesh.json.Fault;
import io.batchmesh.push.ProxyPush;
import io.batchmesh.push.PushId;
import io.batchmesh.push.PushProgress;
import io.batchmesh.ui.plan.ProxyRow;
import io.batchmesh.ui.plan.PushState;
import java.util.List;
import java.util.stream.Collectors;

/** A push as the panel shows it. */
final class PushWords {
    private PushWords() {}

    static PushState running(PushProgress progress) {
        return new PushState.Running(name(progress.id()), rows(progress));
    }

    static PushState finished(PushProgress end) {
        boolean changed = end.count(ProxyPush.State.ACKED) > 0;
        return new PushState.Finished(name(end.id()), rows(end), summary(end), changed);
    }

    static String name(PushId id) {
        return "Push " + id.number();
    }

    /** The words beside the mark in the plots. */
    static String mark(PushId id) {
        return "push " + id.number();
    }

    private static String summary(PushProgress end) {
        int all = end.proxies().size();
        int done = end.count(ProxyPush.State.ACKED) + end.count(ProxyPush.State.UNCHANGED);
        var words = done + " of " + all + (all == 1 ? " proxy runs it" : " proxies run it");
        return switch (end.phase()) {
            case CANCELLED -> "Cancelled: " + words;
            case STOPPED -> "Stopped at the first failure: " + words;
            case RUNNING, DONE -> words;
        };
    }

    private static List<ProxyRow> rows(PushProgress progress) {
        return progress.proxies().stream().map(PushWords::row).toList();
    }

    private static ProxyRow row(ProxyPush proxy) {
        var runs = proxy.state().isDone() ? proxy.version() : proxy.before();
        return new ProxyRow(
                proxy.proxy().name(),
                ProxyRow.State.valueOf(proxy.state().name()),
                runs == null ? "" : runs.brief(),
                reason(proxy));
    }

    private static String reason(ProxyPush proxy) {
        var faults =
                proxy.faults().stream().map(PushWords::words).collect(Collectors.joining("; "));
        return faults.isEmpty() ? proxy.reason() : faults;
    }

    private static String words(Fault fault) {
        return (fault.pointer().isEmpty() ? "" : fault.pointer() + ": ") + fault.message();
    }
}
