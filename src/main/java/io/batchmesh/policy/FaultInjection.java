package io.batchmesh.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Faults made on purpose, to see whether callers bear them. */
public record FaultInjection(@Nullable Delay delay, @Nullable Abort abort) {
    /** A share (0 to 100 percent) of the requests waits before it is sent. */
    public record Delay(double percent, Duration duration) {}

    /** A share (0 to 100 percent) of the requests is answered with a status at once. */
    public record Abort(double percent, int status) {}
}
