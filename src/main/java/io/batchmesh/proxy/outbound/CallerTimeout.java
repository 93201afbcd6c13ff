package io.batchmesh.proxy.outbound;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The deadline that a request itself carries. */
final class CallerTimeout {
    private static final int MAX_DIGITS = 12;

    private CallerTimeout() {}

    /**
     * Nanoseconds by the shortest of {@code timeout} (a number of seconds, or one with a unit such
     * as {@code 250ms}), {@code grpc-timeout} and {@code x-envoy-expected-rq-timeout-ms}; {@link
     * Long#MAX_VALUE} where none is given or readable.
     */
    static long nanos(HttpHeaders headers) {
        long least = Long.MAX_VALUE;
        var timeout = headers.get("timeout");
        if (timeout != null) {
            least = plain(timeout);
        }
        var grpc = headers.get("grpc-timeout");
        if (grpc != null) {
            least = Math.min(least, grpc(grpc));
        }
        var envoy = headers.get("x-envoy-expected-rq-timeout-ms");
        if (envoy != null) {
            least = Math.min(least, number(envoy, TimeUnit.MILLISECONDS));
        }
        return least;
    }

    private static long plain(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        var unit =
                switch (text.substring(end)) {
                    case "", "s" -> TimeUnit.SECONDS;
                    case "ms" -> TimeUnit.MILLISECONDS;
                    case "us" -> TimeUnit.MICROSECONDS;
                    case "m" -> TimeUnit.MINUTES;
                    default -> null;
                };
        return number(text.substring(0, end), unit);
    }

    /** The grammar of gRPC over HTTP/2: up to eight digits and one letter. */
    private static long grpc(String text) {
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        int end = text.length() - 1;
        var unit =
                switch (text.charAt(end)) {
                    case 'H' -> TimeUnit.HOURS;
                    case 'M' -> TimeUnit.MINUTES;
                    case 'S' -> TimeUnit.SECONDS;
                    case 'm' -> TimeUnit.MILLISECONDS;
                    case 'u' -> TimeUnit.MICROSECONDS;
                    case 'n' -> TimeUnit.NANOSECONDS;
                    default -> null;
                };
        return number(text.substring(0, end), unit);
    }

    private static long number(String digits, @Nullable TimeUnit unit) {
        boolean sound =
                !digits.isEmpty()
                        && digits.length() <= MAX_DIGITS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return unit != null && sound ? unit.toNanos(Long.parseLong(digits)) : Long.MAX_VALUE;
    }
}
