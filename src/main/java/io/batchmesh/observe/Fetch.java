package io.batchmesh.observe;

import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.target.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches expositions over HTTP: within a total deadline, decompressed, and no longer than a limit.
 * Safe for any number of threads.
 */
public final class Fetch implements AutoCloseable {
    private final OkHttpClient client;
    private final ConnectionPool pool;
    private final Duration deadline;
    private final int maxBytes;

    /**
     * Makes one that does as the client it is given, but has connections of its own.
     *
     * @param deadline from the connection to the last byte
     * @param maxBytes after decompression
     * @param idleConnections kept for the next time: best one for each target
     */
    public Fetch(OkHttpClient client, Duration deadline, int maxBytes, int idleConnections) {
        this.pool = new ConnectionPool(idleConnections, 1, TimeUnit.MINUTES);
        this.client =
                client.newBuilder()
                        .followRedirects(false)
                        .connectionPool(pool)
                        .callTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                        .build();
        this.deadline = deadline;
        this.maxBytes = maxBytes;
    }

    /** What came of it. */
    public sealed interface Result {
        /** The text; a class, since a record would compare its buffer by identity. */
        final class Text implements Result {
            private final byte[] buffer;
            private final int length;
            private final ExpositionFormat format;
            private final String contentType;

            private Text(byte[] buffer, int length, String contentType) {
                this.buffer = buffer;
                this.length = length;
                this.contentType = contentType;
                this.format = ExpositionFormat.of(contentType);
            }

            /** Holds the text from its beginning; may be the buffer that was given. */
            public byte[] buffer() {
                return buffer;
            }

            /** Bytes of the buffer that are text. */
            public int length() {
                return length;
            }

            /** As the answer's content type says. */
            public ExpositionFormat format() {
                return format;
            }

            /** Says that the content type is none that an exposition has; empty where it may be. */
            public String doubt() {
                return ContentTypes.doubt(contentType);
            }
        }

        /** No answer: nobody listens, or the time was over. */
        record Unreachable(String reason) implements Result {}

        /** An answer that is no exposition. */
        record Unreadable(String reason) implements Result {}

        /** An answer that is longer than anybody wants to read. */
        record TooMuch(String reason) implements Result {}
    }

    /** A call to {@link #run}, or to cancel from another thread. */
    public Call call(URI uri) {
        return client.newCall(
                new Request.Builder()
                        .url(uri.toString())
                        .header("Accept", ExpositionFormat.ACCEPT)
                        .build());
    }

    /**
     * Makes the call.
     *
     * @param buffer is used again when it is large enough
     */
    public Result run(Call call, byte[] buffer) {
        return run(call, Growing.of(buffer));
    }

    /** Makes the call, and reads the body into memory that may be short. */
    Result run(Call call, Growing memory) {
        try (var response = call.execute()) {
            if (response.code() != 200) {
                return new Result.Unreadable(status(response));
            }
            return read(response, memory);
        } catch (Access.SecretException e) {
            return new Result.Unreadable(Reasons.firstLine(e));
        } catch (InterruptedIOException e) {
            return new Result.Unreachable(
                    "no complete answer within " + deadline.toMillis() + " ms");
        } catch (IOException e) {
            return new Result.Unreachable(Reasons.of(e, call));
        }
    }

    private static String status(Response response) {
        var words = "answers with HTTP status " + response.code();
        return switch (response.code()) {
            case 401 -> words + ": it wants other credentials";
            case 403 -> words + ": the credentials do not allow it";
            case 301, 302, 303, 307, 308 -> words + ": redirections are not followed";
            default -> words;
        };
    }

    /** Closes the connections that are idle. */
    @Override
    public void close() {
        pool.evictAll();
    }

    private Result read(Response response, Growing memory) throws IOException {
        var text = memory.buffer();
        var length = 0;
        try (InputStream body = response.body().byteStream()) {
            while (true) {
                if (length == text.length) {
                    text = memory.grow(length, more(length), deadline);
                }
                var n = body.read(text, length, text.length - length);
                if (n < 0) {
                    break;
                }
                length += n;
                if (length > maxBytes) {
                    return new Result.TooMuch("answers with more than " + maxBytes + " bytes");
                }
            }
        }
        return new Result.Text(
                text, length, Objects.requireNonNullElse(response.header("Content-Type"), ""));
    }

    private int more(int length) {
        return (int) Math.min(Math.max(8192, length * 2L), maxBytes + 1L);
    }
}
