package io.batchmesh.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was switched by hand, and sees to its end. Safe for use by several threads. */
final class OverrideKeeper {
    /** More than this is no break-glass but another config. */
    static final int MOST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(OverrideKeeper.class);

    private final AdminSubject subject;
    private final AdminRuntime runtime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<OverrideEntry, Runnable> timers = new HashMap<>();
    private volatile List<OverrideEntry> entries = List.of();

    OverrideKeeper(AdminSubject subject, AdminRuntime runtime) {
        this.subject = subject;
        this.runtime = runtime;
    }

    /** What is switched now, the oldest first. */
    List<OverrideEntry> entries() {
        return entries;
    }

    /**
     * Switches something, in place of an entry about the same thing.
     *
     * @param lasting until it ends by itself; null for until it is taken back
     * @return false when too much is switched already
     */
    boolean put(
            OverrideEntry.Kind kind,
            String whom,
            @Nullable Duration lasting,
            @Nullable String author) {
        lock.lock();
        try {
            var rest = without(kind, whom);
            if (rest.size() >= MOST) {
                return false;
            }
            var now = runtime.clocks().now();
            var entry =
                    new OverrideEntry(
                            kind, whom, now, lasting == null ? null : now.plus(lasting), author);
            rest.add(entry);
            use(rest);
            LOG.warn("{} for {} by {}", kind.label(), whom, author == null ? "?" : author);
            if (lasting != null) {
                var end =
                        runtime.delays()
                                .after(lasting, () -> runtime.worker().execute(ends(entry)));
                timers.put(entry, end);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Runnable ends(OverrideEntry entry) {
        return () -> {
            lock.lock();
            try {
                if (entries.contains(entry)) {
                    use(without(entry.kind(), entry.subject()));
                    LOG.warn("{} for {} is over", entry.kind().label(), entry.subject());
                }
            } finally {
                lock.unlock();
            }
        };
    }

    /** Takes something back; nothing happens when it is not switched. */
    void remove(OverrideEntry.Kind kind, String whom, @Nullable String author) {
        lock.lock();
        try {
            var rest = without(kind, whom);
            if (rest.size() < entries.size()) {
                use(rest);
                LOG.warn(
                        "{} for {} taken back by {}",
                        kind.label(),
                        whom,
                        author == null ? "?" : author);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<OverrideEntry> without(OverrideEntry.Kind kind, String whom) {
        var rest = new ArrayList<OverrideEntry>();
        for (var entry : entries) {
            if (!entry.isAbout(kind, whom)) {
                rest.add(entry);
            }
        }
        return rest;
    }

    private void use(List<OverrideEntry> next) {
        timers.entrySet()
                .removeIf(t -> {
                    boolean over = !next.contains(t.getKey());
                    if (over) {
                        t.getValue().run();
                    }
                    return over;
                });
        subject.overridden(List.copyOf(next));
        entries = List.copyOf(next);
    }
}
