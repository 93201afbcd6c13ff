package io.batchmesh.admin;

import io.batchmesh.admin.HistoryEntry.State;
import io.batchmesh.config.ConfigVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last configs of a proxy, newest first. What runs is the newest that is pending or, with none
 * pending, the newest that is confirmed. Immutable.
 *
 * @param entries at most ten; the newest confirmed one is always among them
 * @param until when the pending config goes back, or null when none is pending
 */
record ConfigHistory(List<HistoryEntry> entries, @Nullable Instant until) {
    static final ConfigHistory EMPTY = new ConfigHistory(List.of(), null);

    private static final int MOST = 10;

    ConfigHistory {
        entries = List.copyOf(entries);
    }

    @Nullable HistoryEntry running() {
        var pending = newest(State.PENDING);
        return pending == null ? confirmed() : pending;
    }

    /** What runs again when the pending config is not confirmed. */
    @Nullable HistoryEntry confirmed() {
        return newest(State.CONFIRMED);
    }

    private @Nullable HistoryEntry newest(State state) {
        return entries.stream().filter(e -> e.state() == state).findFirst().orElse(null);
    }

    @Nullable HistoryEntry find(String version) {
        return entries.stream()
                .filter(e -> e.version().hash().equals(version))
                .findFirst()
                .orElse(null);
    }

    /** With one more config in front. */
    ConfigHistory with(HistoryEntry entry, @Nullable Instant until) {
        var list = new ArrayList<HistoryEntry>();
        list.add(entry);
        list.addAll(resolved(State.REPLACED).entries);
        return new ConfigHistory(bounded(list), until);
    }

    /** Leaves the oldest out, but never the one to which the proxy would go back. */
    private static List<HistoryEntry> bounded(List<HistoryEntry> list) {
        var keep = new ConfigHistory(list, null).confirmed();
        for (int i = list.size() - 1; list.size() > MOST; i--) {
            if (!list.get(i).equals(keep)) {
                list.remove(i);
            }
        }
        return list;
    }

    /** With the pending config, if there is one, in another state. */
    ConfigHistory resolved(State state) {
        var list =
                entries.stream().map(e -> e.state() == State.PENDING ? e.with(state) : e).toList();
        return new ConfigHistory(list, null);
    }

    /** With another deadline for the pending config. */
    ConfigHistory extended(Instant until) {
        return new ConfigHistory(entries, until);
    }

    /** With the running config said to come from another revision. */
    ConfigHistory withRevision(String revision) {
        var running = running();
        var list =
                entries.stream()
                        .map(e -> e.equals(running) ? e.with(e.stamp().withRevision(revision)) : e)
                        .toList();
        return new ConfigHistory(list, until);
    }

    boolean runs(ConfigVersion version) {
        var running = running();
        return running != null && running.version().equals(version);
    }
}
