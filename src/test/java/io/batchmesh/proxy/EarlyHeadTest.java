package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class EarlyHeadTest {
    /** Answers with a head, and with content once the caller has said that it has seen it. */
    private static Void serve(ServerSocket server, Socket caller) throws IOException {
        try (var socket = server.accept()) {
            var in = reader(socket);
            while (!in.readLine().isEmpty()) {
                continue;
            }
            send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            var seen = reader(caller);
            var status = seen.readLine();
            while (!seen.readLine().isEmpty()) {
                continue;
            }
            send(socket, "late");
            var content = new char[4];
            int length = seen.read(content);
            assertTrue(status.contains("200") && length > 0, status + " " + length);
            return null;
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void aCallerSeesTheHeadOfAnAnswerWhoseContentIsLate()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var front = Loops.front(link(server));
                var caller = new Socket()) {
            InetSocketAddress to = front.outboundAddress();
            caller.connect(to);
            send(caller, "GET /events HTTP/1.1\r\nHost: back\r\n\r\n");
            ForkJoinPool.commonPool().submit(() -> serve(server, caller)).get(20, TimeUnit.SECONDS);
        }
    }

    private static io.batchmesh.config.LinkConfig link(ServerSocket server) {
        return Configs.link("127.0.0.1:" + server.getLocalPort(), Peer.PLAIN, Configs.off());
    }
}
