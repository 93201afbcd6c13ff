package io.batchmesh.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a request that failed is tried again. Only idempotent requests are, or those of
 * which no byte was sent.
 *
 * @param attempts how often it may be tried again, 0 to 10
 * @param perTryTimeout how long one try may take, or null for the rest of the route's timeout
 * @param on the causes: {@code connect-failure}, {@code 5xx}, {@code reset}, {@code gateway-error}
 */
public record Retry(int attempts, @Nullable Duration perTryTimeout, List<String> on) {
    public Retry {
        on = List.copyOf(on);
    }
}
