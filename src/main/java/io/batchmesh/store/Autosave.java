package io.batchmesh.store;

import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the unsaved edits of one topology in a journal of the user's, so that a crash costs at most
 * five seconds of work. The topology file itself is never touched. What a crash left behind, {@link
 * Journals#recover} finds.
 *
 * <p>Its methods may be called from any thread; none of them but {@link #close} does I/O.
 */
public final class Autosave implements AutoCloseable {
    /** The journal is written so long after the first edit that is not in it. */
    public static final Duration DELAY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Autosave.class);

    private final Path directory;
    private final Timing timing;
    private final WholeFile writer = new WholeFile(new Disk());
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Queue<Path> adopted = new ConcurrentLinkedQueue<>();
    private final Object disk = new Object();

    private volatile State state;
    private volatile @Nullable String problem;
    private @Nullable JournalLock lock;
    private String key = "";
    private boolean closed;

    /**
     * When and where work is done.
     *
     * @param wall for the time in the journal
     * @param later runs a task after a delay
     * @param io runs the writing
     */
    public record Timing(InstantSource wall, Later later, Executor io) {
        public static Timing of(InstantSource wall, ScheduledExecutorService timer, Executor io) {
            Later later =
                    (delay, task) -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return new Timing(wall, later, io);
        }
    }

    /** Runs tasks at a later time. */
    public interface Later {
        /**
         * Runs a task after a delay.
         *
         * @throws RejectedExecutionException when no more tasks are taken
         */
        void after(Duration delay, Runnable task);
    }

    /** What the disk is to hold: the edits, null for none, of a file in a certain state. */
    private record State(@Nullable Path file, @Nullable String base, @Nullable Topology edited) {}

    /**
     * Begins to keep the edits of a file.
     *
     * @param directory where journals are, see {@link Journals#directory}
     * @param file the file as it was opened, or null for a topology that was never saved
     */
    public Autosave(Path directory, @Nullable TopologyFile file, Timing timing) {
        this.directory = directory;
        this.timing = timing;
        this.state = clean(file);
    }

    private static State clean(@Nullable TopologyFile file) {
        return file == null
                ? new State(null, null, null)
                : new State(file.path(), file.hash(), null);
    }

    /** Says that the topology is now this, and not saved. It is kept within five seconds. */
    public void changed(Topology topology) {
        synchronized (this) {
            state = new State(state.file(), state.base(), topology);
        }
        schedule();
    }

    /** Says that all is saved, in this file; the journal goes away. */
    public void saved(@Nullable TopologyFile file) {
        synchronized (this) {
            state = clean(file);
        }
        run();
    }

    /** Says that the edits are not wanted; the journal goes away. */
    public void discard() {
        synchronized (this) {
            state = new State(state.file(), state.base(), null);
        }
        run();
    }

    /**
     * Takes over what was recovered, after {@link #changed} was told of it: its journal is removed
     * as soon as the own one is written.
     */
    public void adopt(Recovered recovered) {
        adopted.add(recovered.journal());
        schedule();
    }

    /** Why edits cannot be kept at the moment, in words for people; null while they are. */
    public @Nullable String problem() {
        return problem;
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                timing.later().after(DELAY, this::run);
            } catch (RejectedExecutionException e) {
                // The program is ending; close() writes what is left.
                scheduled.set(false);
            }
        }
    }

    private void run() {
        scheduled.set(false);
        try {
            timing.io().execute(this::write);
        } catch (RejectedExecutionException e) {
            LOG.debug("Left to close(), since the program is ending", e);
        }
    }

    /** Makes the disk hold what the state says; whatever order calls come in, the last holds. */
    private void write() {
        synchronized (disk) {
            if (closed) {
                return;
            }
            try {
                var now = state;
                if (now.edited() == null) {
                    remove();
                } else {
                    keep(now, now.edited());
                }
                problem = null;
            } catch (IOException e) {
                boolean isNew = problem == null;
                var reason = "unsaved edits cannot be kept in " + directory + ": " + e;
                problem = reason;
                if (isNew) {
                    LOG.warn("Trying again: {}", reason);
                }
                schedule();
            }
        }
    }

    private void keep(State now, Topology edited) throws IOException {
        var name = JournalFile.key(now.file());
        if (!name.equals(key)) {
            remove();
        }
        var held = lock == null ? JournalLock.create(directory, name) : lock;
        lock = held;
        key = name;
        var file = now.file() == null ? null : now.file().toString();
        var journal = new JournalFile(file, now.base(), timing.wall().instant(), edited);
        writer.putPrivate(held.journal(), journal.bytes());
        for (var old = adopted.poll(); old != null; old = adopted.poll()) {
            Journals.delete(old);
        }
    }

    private void remove() throws IOException {
        if (lock != null) {
            Files.deleteIfExists(lock.journal());
            lock.release();
            lock = null;
        }
    }

    /**
     * Ends it. Edits that are neither saved nor discarded are written first and stay, for {@link
     * Journals#recover} to find.
     */
    @Override
    public void close() {
        synchronized (disk) {
            write();
            closed = true;
            try {
                if (lock != null) {
                    lock.release();
                    lock = null;
                }
            } catch (IOException e) {
                LOG.debug("The lock of a journal stays behind; it is held by nobody", e);
            }
        }
    }
}
