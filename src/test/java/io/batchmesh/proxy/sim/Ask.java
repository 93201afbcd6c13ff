package io.batchmesh.proxy.sim;

import io.netty.handler.codec.http.HttpMethod;
import java.util.zip.CRC32;

/** One request of a caller, and everything that became of it. */
final class Ask {
    final String nonce;
    final HttpMethod method;
    final byte[] body;
    final boolean chunked;
    final long timeoutNanos;

    /** When it was sent; -1 before. */
    long sentAt = -1;

    long settledAt;
    long limitNanos = Long.MAX_VALUE;
    boolean cancelled;
    int answers;
    int status;
    boolean brokenOff;
    boolean lost;
    boolean refused;
    int executions;
    String note = "";

    Ask(String nonce, HttpMethod method, byte[] body, boolean chunked, long timeoutNanos) {
        this.nonce = nonce;
        this.method = method;
        this.body = body;
        this.chunked = chunked;
        this.timeoutNanos = timeoutNanos;
    }

    boolean once() {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PATCH);
    }

    boolean settled() {
        return answers > 0 || brokenOff || lost || cancelled || refused;
    }

    static String sum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }

    @Override
    public String toString() {
        return "%s %s: sent %.3f ms, settled %.3f ms, limit %.3f ms, status %d, %d answers, %d executions%s%s%s %s"
                .formatted(
                        method,
                        nonce,
                        sentAt / 1e6,
                        settledAt / 1e6,
                        limitNanos / 1e6,
                        status,
                        answers,
                        executions,
                        cancelled ? ", cancelled" : "",
                        brokenOff ? ", broken off" : "",
                        lost ? ", closed without an answer" : "",
                        note);
    }
}
