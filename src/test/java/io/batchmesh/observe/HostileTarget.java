package io.batchmesh.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** A target that answers scrapes in a way that hurts, or as it should. Raw sockets, loopback. */
final class HostileTarget implements AutoCloseable {
    private static final byte[] BOMB = bomb();
    private static final byte[] ZEROS = new byte[65_536];

    /** What it does, and what is to be said about it; empty where it is to be read all the same. */
    enum Kind {
        GOOD(""),
        ENDLESS_BODY("answers with more than"),
        ONE_BYTE_A_SECOND("no complete answer within"),
        A_MILLION_SERIES("more than 100000 samples"),
        WRONG_CONTENT_TYPE("its content type is application/json"),
        GARBAGE("answers with no exposition"),
        REDIRECT("redirections are not followed"),
        COMPRESSED_BOMB("answers with more than"),
        CLOCK_JUMPS(""),
        COUNTER_RESETS(""),
        DUPLICATE_SERIES(""),
        HANGING_ACCEPT("no complete answer within"),
        CHANGING_LABELS("");

        final String reason;

        Kind(String reason) {
            this.reason = reason;
        }
    }

    private final Kind kind;
    private final ServerSocket socket;
    private final SplittableRandom random;
    private final AtomicInteger scrapes = new AtomicInteger();

    HostileTarget(Kind kind, long seed, ExecutorService threads) throws IOException {
        this.kind = kind;
        this.random = new SplittableRandom(seed);
        this.socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        if (kind != Kind.HANGING_ACCEPT) {
            threads.execute(() -> accept(threads));
        }
    }

    private static byte[] bomb() {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            for (var i = 0; i < 1024; i++) {
                out.write(new byte[65_536]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    ScrapeTarget target(String name) {
        var address = "http://127.0.0.1:" + socket.getLocalPort() + "/metrics";
        return new ScrapeTarget(name, name, URI.create(address));
    }

    Kind kind() {
        return kind;
    }

    int scrapes() {
        return scrapes.get();
    }

    private void accept(ExecutorService threads) {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = connection.getInputStream();
            var out = connection.getOutputStream();
            var last = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                last = last << 8 | next;
                if (last == 0x0d0a0d0a) {
                    scrapes.incrementAndGet();
                    answer(out);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The scraper has hung up.
        }
    }

    private void answer(OutputStream out) throws IOException {
        switch (kind) {
            case GOOD -> text(out, good(""));
            case CLOCK_JUMPS -> text(out, good(" " + random.nextLong(4_000_000_000_000L)));
            case COUNTER_RESETS -> text(out, counter(random.nextInt(3), ""));
            case DUPLICATE_SERIES -> text(out, good("").repeat(500));
            case CHANGING_LABELS -> text(out, changing());
            case WRONG_CONTENT_TYPE -> whole(out, "application/json", "", "{}\n".getBytes());
            case GARBAGE -> {
                var bytes = new byte[20_000];
                random.nextBytes(bytes);
                whole(out, "text/plain", "", bytes);
            }
            case REDIRECT ->
                    write(out, "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
            case COMPRESSED_BOMB -> whole(out, "text/plain", "Content-Encoding: gzip\r\n", BOMB);
            case ENDLESS_BODY -> endless(out);
            case A_MILLION_SERIES -> million(out);
            case ONE_BYTE_A_SECOND -> drip(out);
            case HANGING_ACCEPT -> throw new IllegalStateException("never accepted");
        }
    }

    private String good(String timestamp) {
        return counter(scrapes.get() * 10, timestamp);
    }

    private static String counter(int value, String timestamp) {
        return "batchmesh_requests_total{link=\"a->b\",code=\"200\"} " + value + timestamp + "\n";
    }

    private String changing() {
        var text = new StringBuilder(good(""));
        for (var i = 0; i < 5_000; i++) {
            text.append("batchmesh_requests_total{link=\"x->y\",code=\"200\",pod=\"")
                    .append(random.nextLong())
                    .append("\"} 1\n");
        }
        return text.toString();
    }

    private static void endless(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
        while (true) {
            out.write(ZEROS);
        }
    }

    private static void million(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
        var text = new StringBuilder();
        for (var i = 0; i < 1_000_000; i++) {
            text.append("s{i=\"").append(i).append("\"} 1\n");
            if (text.length() > 60_000) {
                write(out, text.toString());
                text.setLength(0);
            }
        }
        write(out, text.toString());
        throw new IOException("done");
    }

    private static void drip(OutputStream out) throws IOException {
        for (var b : "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx 1\n".getBytes()) {
            out.write(b);
            out.flush();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    private static void text(OutputStream out, String body) throws IOException {
        whole(
                out,
                "text/plain; version=0.0.4",
                "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void whole(OutputStream out, String type, String headers, byte[] body)
            throws IOException {
        write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Type: "
                        + type
                        + "\r\n"
                        + headers
                        + "Content-Length: "
                        + body.length
                        + "\r\n\r\n");
        out.write(body);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
