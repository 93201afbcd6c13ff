package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadline that a request itself carries: {@code timeout} (a number of seconds, or one with a
 * unit such as {@code 250ms}), {@code grpc-timeout} (gRPC over HTTP/2: up to eight digits and one
 * letter) and {@code x-envoy-expected-rq-timeout-ms}.
 */
public final class Timeouts {
    private static final AsciiString PLAIN = AsciiString.cached("timeout");
    private static final AsciiString GRPC = AsciiString.cached("grpc-timeout");
    private static final AsciiString ENVOY = AsciiString.cached("x-envoy-expected-rq-timeout-ms");
    private static final int MAX_DIGITS = 12;

    private Timeouts() {}

    /** A number with what follows it. */
    private record Given(long count, String suffix, TimeUnit unit) {
        long nanos() {
            return unit.toNanos(count);
        }

        /**
         * The same with less time: units up to a millisecond rounded down, so that the service
         * gives up first; longer ones up, since 0 would be no time at all.
         */
        String with(long nanos) {
            long each = unit.toNanos(1);
            boolean fine = each <= TimeUnit.MILLISECONDS.toNanos(1);
            long units = fine ? nanos / each : (nanos + each - 1) / each;
            return Math.clamp(units, 1, Math.max(1, count)) + suffix;
        }
    }

    /** Nanoseconds by the shortest that is given; {@link Long#MAX_VALUE} where none is readable. */
    public static long nanos(HttpHeaders headers) {
        return Math.min(
                nanos(plain(headers.get(PLAIN))),
                Math.min(nanos(grpc(headers.get(GRPC))), nanos(envoy(headers.get(ENVOY)))));
    }

    private static long nanos(@Nullable Given given) {
        return given == null ? Long.MAX_VALUE : given.nanos();
    }

    /** Puts what is left in place of what is given, each in its own form. */
    public static void pass(HttpHeaders headers, long leftNanos) {
        long left = Math.max(0, leftNanos);
        pass(headers, PLAIN, plain(headers.get(PLAIN)), left);
        pass(headers, GRPC, grpc(headers.get(GRPC)), left);
        pass(headers, ENVOY, envoy(headers.get(ENVOY)), left);
    }

    private static void pass(
            HttpHeaders headers, AsciiString name, @Nullable Given given, long left) {
        if (given != null && given.nanos() > left) {
            headers.set(name, given.with(left));
        }
    }

    /** Takes them out: for a request that stands for several. */
    public static void remove(HttpHeaders headers) {
        headers.remove(PLAIN).remove(GRPC).remove(ENVOY);
    }

    private static @Nullable Given plain(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int end = 0;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        var suffix = text.substring(end);
        var unit =
                switch (suffix) {
                    case "", "s" -> TimeUnit.SECONDS;
                    case "ms" -> TimeUnit.MILLISECONDS;
                    case "us" -> TimeUnit.MICROSECONDS;
                    case "m" -> TimeUnit.MINUTES;
                    default -> null;
                };
        return given(text.substring(0, end), suffix, unit);
    }

    private static @Nullable Given grpc(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        int end = text.length() - 1;
        var suffix = text.substring(end);
        var unit =
                switch (suffix) {
                    case "H" -> TimeUnit.HOURS;
                    case "M" -> TimeUnit.MINUTES;
                    case "S" -> TimeUnit.SECONDS;
                    case "m" -> TimeUnit.MILLISECONDS;
                    case "u" -> TimeUnit.MICROSECONDS;
                    case "n" -> TimeUnit.NANOSECONDS;
                    default -> null;
                };
        return given(text.substring(0, end), suffix, unit);
    }

    private static @Nullable Given envoy(@Nullable String text) {
        return text == null ? null : given(text, "", TimeUnit.MILLISECONDS);
    }

    private static @Nullable Given given(String digits, String suffix, @Nullable TimeUnit unit) {
        boolean sound =
                !digits.isEmpty()
                        && digits.length() <= MAX_DIGITS
                        && digits.chars().allMatch(Timeouts::isDigit);
        return unit != null && sound ? new Given(Long.parseLong(digits), suffix, unit) : null;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
