package io.batchmesh.admin.tap;

import java.util.function.Consumer;

/** A tap that is open. Used by one thread at a time, but for {@link #close}. */
public interface TapSession extends AutoCloseable {
    /** Hands over what came since the last call; at most a few hundred. */
    void drain(Consumer<TappedRequest> to);

    /** What became of all so far. */
    TapCounts counts();

    /** Ends it; does nothing when it was ended. From any thread, never waits. */
    @Override
    void close();
}
