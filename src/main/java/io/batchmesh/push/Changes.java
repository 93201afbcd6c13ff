package io.batchmesh.push;

import io.batchmesh.model.ProxyId;
import io.batchmesh.target.HistoryLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the histories of many proxies and the record of pushes together: a push that reached a
 * hundred proxies is one change.
 */
final class Changes {
    /** How many are kept, the newest. */
    static final int MOST = 500;

    private final Map<String, PushRecord> ours = new HashMap<>();
    private final String target;
    private final List<Change> changes = new ArrayList<>();

    private Changes(String target) {
        this.target = target;
    }

    /** What one writer wrote to several proxies. */
    private static final class Write {
        private final List<HistoryLine> lines = new ArrayList<>();
        private final List<ProxyId> proxies = new ArrayList<>();

        private void add(ProxyId proxy, HistoryLine line) {
            lines.add(line);
            proxies.add(proxy);
        }

        private Instant at() {
            return lines.stream().map(HistoryLine::time).min(Instant::compareTo).orElseThrow();
        }
    }

    static List<Change> of(
            List<PushRecord> records, String target, Map<ProxyId, List<HistoryLine>> histories) {
        var all = new Changes(target);
        records.forEach(r -> all.ours.put(r.id().header(), r));
        all.fold(histories);
        all.changes.sort(Comparator.comparing(Change::at).reversed());
        return List.copyOf(all.changes.subList(0, Math.min(MOST, all.changes.size())));
    }

    private void fold(Map<ProxyId, List<HistoryLine>> histories) {
        var writes = new LinkedHashMap<String, Write>();
        var starts = new TreeMap<Instant, Write>();
        new TreeMap<>(histories)
                .forEach((proxy, lines) -> {
                    for (int i = 0; i < lines.size(); i++) {
                        var line = lines.get(i);
                        var stamp = line.stamp();
                        boolean bare = stamp.push() == null && stamp.author() == null;
                        if (bare && i == lines.size() - 1) {
                            // Sidecars of one mesh start within the same seconds.
                            starts.computeIfAbsent(minute(line.time()), k -> new Write())
                                    .add(proxy, line);
                        } else {
                            writes.computeIfAbsent(key(proxy, line), k -> new Write())
                                    .add(proxy, line);
                        }
                    }
                });
        writes.values().forEach(this::add);
        starts.values().forEach(w -> add(w, Change.Kind.START, "", "", "began with its config"));
        var told = new HashSet<String>();
        writes.values().forEach(w -> told.add(name(w)));
        for (var record : ours.values()) {
            if (record.target().equals(target) && !told.contains(record.id().header())) {
                untold(record);
            }
        }
    }

    private static Instant minute(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60) * 60);
    }

    /** A push is one write; without a name each proxy's is one of its own. */
    private static String key(ProxyId proxy, HistoryLine line) {
        var push = line.stamp().push();
        return push != null ? push : proxy + " " + line.time();
    }

    private static String name(Write write) {
        var push = write.lines.getFirst().stamp().push();
        return push == null ? "" : push;
    }

    private void add(Write write) {
        var push = name(write);
        var record = ours.get(push);
        long reverted = count(write, "reverted");
        long pending = count(write, "pending");
        int all = write.proxies.size();
        var words = record == null ? "" : words(record);
        if (words.isEmpty()) {
            words = all == 1 ? "1 proxy took it" : all + " proxies took it";
        }
        if (pending > 0) {
            words += ", " + pending + " not confirmed yet";
        }
        var kind = record == null ? Change.Kind.FOREIGN : Change.Kind.PUSH;
        add(write, kind, record == null ? push : record.id().toString(), who(write), words);
        if (reverted > 0) {
            add(
                    write,
                    Change.Kind.REVERTED,
                    record == null ? push : record.id().toString(),
                    "",
                    reverted + " of " + all + " went back: it was not confirmed in time");
        }
    }

    private void add(Write write, Change.Kind kind, String push, String who, String words) {
        changes.add(new Change(write.at(), kind, push, who, write.proxies, words));
    }

    private static long count(Write write, String state) {
        return write.lines.stream().filter(l -> l.stamp().state().equals(state)).count();
    }

    private static String who(Write write) {
        var stamp = write.lines.getFirst().stamp();
        var author = stamp.author() == null ? "" : stamp.author();
        var identity = stamp.identity();
        return identity == null ? author : (author + " (" + identity + ")").strip();
    }

    /** A push of which no proxy tells any more, or that reached none. */
    private void untold(PushRecord record) {
        changes.add(
                new Change(
                        record.time(),
                        Change.Kind.PUSH,
                        record.id().toString(),
                        record.author(),
                        record.proxies().stream().map(ProxyPush::proxy).toList(),
                        words(record)));
    }

    private static String words(PushRecord record) {
        var states = new TreeMap<ProxyPush.State, Integer>();
        record.proxies().forEach(p -> states.merge(p.state(), 1, Integer::sum));
        var words = new ArrayList<String>();
        states.forEach((state, count) -> words.add(count + " " + state.label()));
        return String.join(", ", words) + (record.finished() ? "" : ", not finished");
    }
}
