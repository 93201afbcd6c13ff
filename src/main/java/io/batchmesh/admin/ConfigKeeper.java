package io.batchmesh.admin;

import io.batchmesh.admin.HistoryEntry.State;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.time.Clocks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs, what ran before, and what waits to be confirmed. Changes come one after the other; a
 * change is kept on disk before it is applied, so that what was acknowledged survives a crash.
 * Readers are never held up. Safe for use by several threads.
 */
final class ConfigKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final AdminSubject subject;
    private final Clocks clocks;
    private final Delays delays;
    private final Executor worker;
    private final @Nullable ConfigArchive archive;
    private final Object lock = new Object();
    // Written under the lock.
    private volatile ConfigHistory history = ConfigHistory.EMPTY;
    private Runnable cancelRevert = () -> {};
    // The revert that is waited for, if any; guarded by the lock.
    private @Nullable Object awaited;

    ConfigKeeper(AdminSubject subject, AdminRuntime runtime, @Nullable ConfigArchive archive) {
        this.subject = subject;
        this.clocks = runtime.clocks();
        this.delays = runtime.delays();
        this.worker = runtime.worker();
        this.archive = archive;
    }

    /** A config that somebody wants to run. */
    record Change(
            ProxyConfig config,
            ConfigVersion version,
            Precondition precondition,
            PushStamp stamp,
            @Nullable Duration confirmWithin) {}

    ConfigHistory history() {
        return history;
    }

    @Nullable HistoryEntry running() {
        return history.running();
    }

    /**
     * Starts with what is kept or, where nothing is or it can no longer run, with {@code initial}.
     *
     * @return why {@code initial} cannot run; empty when something runs, or there is nothing to run
     */
    List<Fault> start(ConfigHistory kept, @Nullable ProxyConfig initial) {
        synchronized (lock) {
            var last = kept.running();
            if (last != null) {
                var faults = apply(last);
                if (faults.isEmpty()) {
                    history = kept;
                    return List.of();
                }
                LOG.warn("The config that was pushed last cannot run: {}", describe(faults));
            }
            if (initial == null) {
                return List.of();
            }
            var version = ConfigVersion.of(initial);
            var stamp = PushStamp.none(clocks.now());
            var entry = new HistoryEntry(initial, version, stamp, State.CONFIRMED);
            var faults = apply(entry);
            if (faults.isEmpty()) {
                history = kept.with(entry, null);
            }
            return faults;
        }
    }

    private List<Fault> apply(HistoryEntry entry) {
        return subject.apply(entry.config(), entry.version(), entry.stamp().revision());
    }

    private static String describe(List<Fault> faults) {
        return String.join("; ", faults.stream().map(Fault::describe).toList());
    }

    /** What {@link #put} would do; changes nothing. */
    PutOutcome check(Change change) {
        synchronized (lock) {
            if (history.runs(change.version())) {
                return new PutOutcome.WouldRun(change.version(), false);
            }
            var obstacle = obstacle(change);
            return obstacle == null ? new PutOutcome.WouldRun(change.version(), true) : obstacle;
        }
    }

    /** Runs a config, if it may and can. */
    PutOutcome put(Change change) {
        synchronized (lock) {
            if (history.runs(change.version())) {
                return again(change);
            }
            var obstacle = obstacle(change);
            return obstacle == null ? take(change) : obstacle;
        }
    }

    private @Nullable PutOutcome obstacle(Change change) {
        var running = history.running();
        var version = running == null ? null : running.version();
        if (!change.precondition().holds(version)) {
            return new PutOutcome.Stale(version);
        }
        if (change.confirmWithin() != null && history.confirmed() == null) {
            return new PutOutcome.NoWayBack();
        }
        var faults = subject.check(change.config());
        return faults.isEmpty() ? null : new PutOutcome.Refused(faults);
    }

    private PutOutcome take(Change change) {
        var within = change.confirmWithin();
        var until = within == null ? null : change.stamp().time().plus(within);
        var state = until == null ? State.CONFIRMED : State.PENDING;
        var entry = new HistoryEntry(change.config(), change.version(), change.stamp(), state);
        var before = history;
        var after = before.with(entry, until);
        var problem = keep(after);
        if (problem != null) {
            return new PutOutcome.NotKept(problem);
        }
        var faults = apply(entry);
        if (!faults.isEmpty()) {
            keepAgain(before);
            return new PutOutcome.Refused(faults);
        }
        history = after;
        forgetRevert();
        if (within != null) {
            revertAfter(within, entry.version());
        }
        return new PutOutcome.Runs(entry.version(), true, until);
    }

    /** The same config once more: whoever repeats a push whose answer was lost gets his answer. */
    private PutOutcome again(Change change) {
        var revision = change.stamp().revision();
        var entry = Objects.requireNonNull(history.running());
        if (revision != null && !revision.equals(entry.stamp().revision())) {
            changeQuietly(history.withRevision(revision));
            var faults = apply(Objects.requireNonNull(history.running()));
            if (!faults.isEmpty()) {
                LOG.warn("The revision is not shown: {}", describe(faults));
            }
        }
        if (entry.state() == State.PENDING) {
            var within = change.confirmWithin();
            if (within == null) {
                settle();
            } else {
                forgetRevert();
                history = history.extended(change.stamp().time().plus(within));
                revertAfter(within, entry.version());
            }
        }
        return new PutOutcome.Runs(change.version(), false, history.until());
    }

    /** Lets a config that waits to be confirmed stay. */
    PutOutcome confirm(Precondition precondition) {
        synchronized (lock) {
            var running = history.running();
            if (running == null || !precondition.holds(running.version())) {
                return new PutOutcome.Stale(running == null ? null : running.version());
            }
            boolean pending = running.state() == State.PENDING;
            if (pending) {
                var problem = settle();
                if (problem != null) {
                    return new PutOutcome.NotKept(problem);
                }
            }
            return new PutOutcome.Runs(running.version(), pending, null);
        }
    }

    private @Nullable String settle() {
        var settled = history.resolved(State.CONFIRMED);
        var problem = keep(settled);
        if (problem == null) {
            forgetRevert();
            history = settled;
        }
        return problem;
    }

    private void revertAfter(Duration delay, ConfigVersion version) {
        var ticket = new Object();
        awaited = ticket;
        cancelRevert = delays.after(delay, () -> worker.execute(() -> revert(version, ticket)));
    }

    /** A timer may fire although its config was replaced or given more time meanwhile. */
    private void revert(ConfigVersion version, Object ticket) {
        synchronized (lock) {
            var back = history.confirmed();
            if (!ticket.equals(awaited) || back == null) {
                return;
            }
            var faults = apply(back);
            if (!faults.isEmpty()) {
                LOG.error("Cannot go back to {}: {}", back.version().brief(), describe(faults));
                revertAfter(RETRY, version);
                return;
            }
            awaited = null;
            LOG.info("Nobody confirmed {}; back to {}", version.brief(), back.version().brief());
            changeQuietly(history.resolved(State.REVERTED));
        }
    }

    private void forgetRevert() {
        awaited = null;
        cancelRevert.run();
    }

    private void changeQuietly(ConfigHistory changed) {
        history = changed;
        keepAgain(changed);
    }

    private void keepAgain(ConfigHistory state) {
        var problem = keep(state);
        if (problem != null) {
            LOG.error("The state of the proxy is not kept: {}", problem);
        }
    }

    /** Keeps a state on disk; null when that worked, or nothing is to be kept. */
    private @Nullable String keep(ConfigHistory state) {
        if (archive == null) {
            return null;
        }
        try {
            archive.save(state);
            return null;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Takes back what is due later. */
    void close() {
        synchronized (lock) {
            forgetRevert();
        }
    }
}
