package io.batchmesh.admin;

import org.jspecify.annotations.Nullable;

/** The lines of an answer that goes on. Used by one thread at a time, but for {@link #close}. */
interface AdminLines extends AutoCloseable {
    /** What came since the last call, whole lines; empty for nothing, null when it is over. */
    byte @Nullable [] next();

    /** Nobody reads on; also called at the end. From any thread, several times, never waits. */
    @Override
    void close();
}
