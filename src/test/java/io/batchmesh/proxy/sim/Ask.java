package io.batchmesh.proxy.sim;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One request of a caller, and everything that became of it. */
final class Ask {
    /** Where the paths begin that several ask for. */
    static final String SHARED = "/s/";

    /** The type of bodies. */
    static final String BYTES = "application/octet-stream";

    final String nonce;
    final HttpMethod method;
    final byte[] body;
    final boolean chunked;
    final long timeoutNanos;

    /** What it asks for. */
    final String path;

    /** Who asks: the credentials; null for nobody in particular. */
    final @Nullable String identity;

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
        this.path = "/n/" + nonce;
        this.identity = "u" + nonce.hashCode() % 3;
    }

    /** Asks for what others ask for too, so that it may get the answer that another got. */
    Ask(String nonce, String path, @Nullable String identity, long timeoutNanos) {
        this.nonce = nonce;
        this.method = HttpMethod.GET;
        this.body = new byte[0];
        this.chunked = false;
        this.timeoutNanos = timeoutNanos;
        this.path = path;
        this.identity = identity;
    }

    /** Of a service that takes many at once: a line, or what goes into a batch. */
    private Ask(Ask like, byte[] body, String path, String identity) {
        this.nonce = like.nonce;
        this.method = like.method;
        this.body = body;
        this.chunked = like.chunked;
        this.timeoutNanos = like.timeoutNanos;
        this.path = path;
        this.identity = identity;
    }

    /** The same as a line. */
    Ask line(String more, boolean ended, String by) {
        var text = nonce + " " + more + (ended ? "\n" : "");
        return new Ask(this, text.getBytes(StandardCharsets.US_ASCII), SimBulk.LINES, by);
    }

    /** The same by another caller. */
    Ask by(String other) {
        return new Ask(this, body, path, other);
    }

    /** Whether a line is the answer to this line, to whom, and whole. */
    boolean isAnswer(String line) {
        var end = line.endsWith("\n") ? line.length() - 1 : line.length();
        var parts = line.substring(0, end).split(" ", -1);
        int length = body[body.length - 1] == '\n' ? body.length - 1 : body.length;
        return path.equals(SimBulk.LINES)
                && parts.length == 5
                && parts[0].equals(nonce)
                && parts[1].equals(sum(java.util.Arrays.copyOf(body, length)))
                && parts[2].equals(identity)
                && parts[3].equals(String.valueOf(parts[4].length()));
    }

    boolean shared() {
        return path.startsWith(SHARED);
    }

    /** Whether what the other got may be given to this. */
    boolean mayShare(Ask other) {
        return shared()
                && path.equals(other.path)
                && Objects.equals(identity, other.identity)
                && other.executions > 0;
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
