package io.batchmesh.target;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Something that listens where a proxy should, and answers everything with the same bytes. */
public final class Stranger implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] answer;

    public Stranger(String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                var in = socket.getInputStream();
                // The request's head and what came with it; then the answer, then the end.
                byte[] buffer = new byte[64 << 10];
                if (in.read(buffer) >= 0) {
                    socket.getOutputStream().write(answer);
                    socket.shutdownOutput();
                    socket.setSoTimeout(50);
                    in.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // The caller went away, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
