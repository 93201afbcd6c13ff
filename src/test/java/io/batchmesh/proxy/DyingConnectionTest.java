package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that was kept may die just as it is used: that is no answer to whoever asked. */
class DyingConnectionTest {
    /** Answers the first request of each connection, and closes when the next one comes. */
    private static final class ShortService implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, loopback());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Queue<String> seen = new ConcurrentLinkedQueue<>();

        ShortService() throws IOException {
            threads.submit(this::accept);
        }

        private static InetAddress loopback() {
            return InetAddress.getLoopbackAddress();
        }

        private Void accept() throws IOException {
            while (true) {
                var socket = server.accept();
                threads.submit(() -> serve(socket));
            }
        }

        private Void serve(Socket socket) throws IOException {
            try (socket) {
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII));
                seen.add(request(in));
                socket.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                        .getBytes(StandardCharsets.US_ASCII));
                seen.add(request(in));
            }
            return null;
        }

        private static String request(BufferedReader in) throws IOException {
            var first = String.valueOf(in.readLine());
            for (var line = first; line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            return first.split(" ", 3)[0];
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }

    private static int status(RawClient client, String method) throws IOException {
        return client.ask(method + " /a HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n")
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "OFF"})
    void whatMayBeDoneTwiceIsSentAgainToTheService(BatchWindow.Policy policy) throws Exception {
        try (var service = new ShortService();
                var back = Sidecar.start(Configs.called(service.address()), Loops.PARTS);
                var front =
                        Sidecar.start(
                                Configs.caller(
                                        Loops.to(back, BatchWindow.DEFAULT.withPolicy(policy))),
                                Loops.PARTS);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals(200, status(client, "GET"));
            assertEquals(200, status(client, "PUT"));
            assertEquals(502, status(client, "POST"));
            assertEquals(200, status(client, "GET"));
            assertEquals(List.of("GET", "PUT", "PUT", "POST", "GET"), List.copyOf(service.seen));
        }
    }

    @Test
    void whatMayBeDoneTwiceIsSentAgainByANewStream() throws Exception {
        var count = new AtomicInteger();
        try (var peer =
                        new ScriptedPeer((to, item, method, path) -> {
                            if (count.incrementAndGet() % 2 == 0) {
                                to.die();
                            } else {
                                to.frame(to.answer(item, method, path));
                            }
                        });
                var front =
                        Sidecar.start(
                                Configs.caller(
                                        Configs.link(
                                                peer.address(), Peer.SIDECAR, BatchWindow.DEFAULT)),
                                Loops.PARTS);
                var client = new RawClient(front.outboundAddress())) {
            assertEquals(200, status(client, "GET"));
            assertEquals(200, status(client, "GET"));
            assertEquals(502, status(client, "POST"));
        }
    }
}
