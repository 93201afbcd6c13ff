package io.batchmesh.target;

import java.time.Duration;

/**
 * Bounds of a call to a proxy.
 *
 * @param connect how long connecting may take
 * @param call how long the whole call may take, whatever the pace of its bytes
 * @param bodyBytes the largest answer that is read
 */
public record ClientLimits(Duration connect, Duration call, int bodyBytes) {
    /** 2 s, 5 s, 8 MiB. */
    public static final ClientLimits DEFAULT =
            new ClientLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 8 << 20);
}
