package io.batchmesh.push;

import io.batchmesh.document.DocumentId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.HistoryLine;
import io.batchmesh.target.Reading;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up with what changed the proxies of an environment, whoever did it: by the histories that
 * the proxies keep, and the record of this user's pushes. A history is read again only when the
 * proxy runs something that it does not begin with. One thread at a time.
 */
public final class ChangeReader {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);

    private final AdminClient client;
    private final Readback readback;
    private final PushLog log;
    private final Map<ProxyId, List<HistoryLine>> histories = new HashMap<>();
    private final Map<ProxyId, String> asked = new HashMap<>();
    private String target = "";
    private List<Change> changes = List.of();

    /**
     * @param io a virtual thread for each task
     */
    public ChangeReader(AdminClient client, ExecutorService io, PushLog log) {
        this.client = client;
        this.readback = new Readback(client, io);
        this.log = log;
    }

    /**
     * What changed, newest first. Waits where something did.
     *
     * @param running what was just found at the proxies
     */
    public synchronized List<Change> look(
            Environment environment, Map<DocumentId, RunningDocument> running) {
        boolean first = !target.equals(environment.name());
        if (first) {
            histories.clear();
            asked.clear();
            target = environment.name();
        }
        var due = due(environment, running);
        if (due.isEmpty() && !first) {
            return changes;
        }
        var some = environment.proxies().stream().filter(p -> due.contains(p.name())).toList();
        readback.each(
                        new Environment(environment.name(), some, environment.addresses()),
                        client::history)
                .forEach(this::take);
        changes = Changes.of(ours(), target, histories);
        return changes;
    }

    private void take(ProxyId proxy, Reading<List<HistoryLine>> answer) {
        switch (answer) {
            case Reading.Got<List<HistoryLine>>(var lines) -> histories.put(proxy, lines);
            case Reading.Unreadable<List<HistoryLine>>(var why) ->
                    LOG.debug("{} does not say what it ran: {}", proxy, why);
            default -> LOG.trace("{} has no history, or does not answer", proxy);
        }
    }

    /** The proxies that run something else than when they were asked last. */
    private Set<ProxyId> due(Environment environment, Map<DocumentId, RunningDocument> running) {
        var due = new HashSet<ProxyId>();
        for (var proxy : environment.proxies()) {
            var found = running.get(DocumentId.sidecar(proxy.name().name()));
            if (found instanceof RunningDocument.Present present) {
                var version = present.document().version().toString();
                if (!version.equals(asked.put(proxy.name(), version))) {
                    due.add(proxy.name());
                }
            }
        }
        return due;
    }

    private List<PushRecord> ours() {
        try {
            return log.records();
        } catch (IOException e) {
            LOG.warn("The record of pushes cannot be read: {}", e.toString());
            return List.of();
        }
    }
}
