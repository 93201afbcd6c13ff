package io.batchmesh.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands before an admin endpoint and lets every PUT through, but never its answer. */
final class AnswerCutter implements AutoCloseable {
    private static final byte[] PUT = "PUT ".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final URI target;
    private final ExecutorService io;

    AnswerCutter(URI target, ExecutorService io) throws IOException {
        this.target = target;
        this.io = io;
        io.execute(this::serve);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var real = new Socket(target.getHost(), target.getPort());
                var cut = new AtomicBoolean();
                io.execute(() -> pump(client, real, cut, true));
                io.execute(() -> pump(real, client, cut, false));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to, AtomicBoolean cut, boolean requests) {
        try (from;
                to) {
            var buffer = new byte[64 << 10];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (requests && Arrays.equals(buffer, 0, Math.min(n, 4), PUT, 0, 4)) {
                    cut.set(true);
                }
                if (!requests && cut.get()) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side closed: so does the other.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
