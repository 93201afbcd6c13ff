package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.BatchWindow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a proxy owes to the messages that it passes on, through two sidecars to a raw service. */
class ProxyingTest {
    private static final String SOCKET =
            "GET /chat HTTP/1.1\r\nHost: back\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    /** One connection of a service that a test plays by hand. */
    @FunctionalInterface
    private interface Part {
        void play(Socket socket, String head) throws IOException;
    }

    /** A service by raw sockets; each connection plays the same part. */
    private static final class RawService implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final BlockingQueue<String> heads = new ArrayBlockingQueue<>(16);

        RawService(Part part) throws IOException {
            Thread.ofVirtual().start(() -> accept(part));
        }

        private void accept(Part part) {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> play(part, socket));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void play(Part part, Socket socket) {
            try (socket) {
                var head = head(socket.getInputStream());
                heads.add(head);
                part.play(socket, head);
            } catch (IOException e) {
                heads.add("broken: " + e);
            }
        }

        String next() throws InterruptedException {
            var head = heads.poll(10, TimeUnit.SECONDS);
            return head == null ? "nothing came" : head;
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("it ended after " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Two sidecars before a raw service, and a caller. */
    private static final class Chain implements AutoCloseable {
        private final RawService service;
        private final Sidecar back;
        private final Sidecar front;
        private final Socket socket = new Socket();

        Chain(BatchWindow window, Part part) throws IOException {
            service = new RawService(part);
            back = Loops.back(service.address());
            front = Loops.front(Loops.to(back, window));
            socket.setSoTimeout(10_000);
            socket.connect(front.outboundAddress());
        }

        @Override
        public void close() throws IOException {
            socket.close();
            front.close(Duration.ofSeconds(1));
            back.close(Duration.ofSeconds(1));
            service.close();
        }
    }

    private static void echo(Socket socket, String head) throws IOException {
        write(socket, AGREED + "hello");
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    @Test
    void aWebSocketIsPassedOnAndThenAllItsBytesBothWays() throws Exception {
        try (var chain = new Chain(BatchWindow.DEFAULT, ProxyingTest::echo)) {
            write(chain.socket, SOCKET);
            var in = chain.socket.getInputStream();
            var agreed = head(in).toLowerCase(java.util.Locale.ROOT);
            assertTrue(agreed.startsWith("http/1.1 101 "), agreed);
            assertTrue(agreed.contains("upgrade: websocket\r\n"), agreed);
            assertTrue(
                    agreed.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), agreed);
            assertEquals("hello", new String(in.readNBytes(5), StandardCharsets.US_ASCII));
            var asked = chain.service.next();
            assertTrue(asked.contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), asked);
            // Far more than the buffers on the way hold: it must be read before it goes on.
            var bytes = new byte[8 << 20];
            new java.util.Random(7).nextBytes(bytes);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            chain.socket.getOutputStream().write(bytes);
                            chain.socket.getOutputStream().flush();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
            org.junit.jupiter.api.Assertions.assertArrayEquals(bytes, in.readNBytes(bytes.length));
            assertEquals(0, chain.front.openConnections());
            chain.socket.close();
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(chain.front.metrics())
                                            .value("batchmesh_requests", "code", "101")
                                    == 1),
                    "counted when it is over");
        }
    }

    @Test
    void whenTheServiceEndsItTheCallerSeesTheEnd() throws Exception {
        Part brief = (socket, head) -> write(socket, AGREED + "bye");
        try (var chain = new Chain(BatchWindow.DEFAULT, brief)) {
            write(chain.socket, SOCKET);
            var in = chain.socket.getInputStream();
            head(in);
            assertEquals("bye", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aServiceThatDoesNotSwitchAnswersAsEver() throws Exception {
        Part no =
                (socket, head) -> {
                    write(socket, "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno");
                    socket.getInputStream().read();
                };
        try (var chain = new Chain(BatchWindow.DEFAULT, no);
                var client = new RawClient(chain.front.outboundAddress())) {
            var reply = client.ask(SOCKET);
            assertEquals(426, reply.status());
            assertEquals("no", reply.body());
        }
    }

    @Test
    void otherProtocolsAreRefusedClearlyAndH2cIsIgnored() throws Exception {
        Part ok = (socket, head) -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        try (var chain = new Chain(BatchWindow.DEFAULT, ok);
                var client = new RawClient(chain.front.outboundAddress());
                var other = new RawClient(chain.front.outboundAddress())) {
            var foreign = SOCKET.replace("websocket", "irc/6.9");
            var reply = client.ask(foreign);
            assertEquals(501, reply.status());
            assertTrue(reply.body().contains("irc/6.9"), reply.body());
            assertEquals(200, other.ask(SOCKET.replace("websocket", "h2c")).status());
            assertFalse(
                    chain.service.next().toLowerCase(java.util.Locale.ROOT).contains("upgrade"));
        }
    }

    private static final String EXPECTING =
            "POST /x HTTP/1.1\r\nHost: back\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";

    @Test
    void theCallerIsBidToGoOnOnlyByTheService() throws Exception {
        Part asking =
                (socket, head) -> {
                    write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    var body =
                            new String(
                                    socket.getInputStream().readNBytes(4),
                                    StandardCharsets.US_ASCII);
                    write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body);
                };
        try (var chain = new Chain(BatchWindow.DEFAULT, asking);
                var client = new RawClient(chain.front.outboundAddress())) {
            client.send(EXPECTING);
            assertEquals(100, client.read(false).status());
            assertTrue(
                    chain.service
                            .next()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("expect: 100"));
            client.send("body");
            var reply = client.read(false);
            assertEquals(200, reply.status());
            assertEquals("body", reply.body());
        }
    }

    @Test
    void aServiceThatRefusesIsHeardBeforeTheBodyIsSent() throws Exception {
        Part no = (socket, head) -> write(socket, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        try (var chain = new Chain(BatchWindow.DEFAULT, no);
                var client = new RawClient(chain.front.outboundAddress())) {
            assertEquals(403, client.ask(EXPECTING).status());
            assertTrue(client.closed(), "a body that was announced and is not sent ends it");
        }
    }

    @Test
    void earlyHintsReachTheCaller() throws Exception {
        Part hinting =
                (socket, head) ->
                        write(
                                socket,
                                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                                        + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        try (var chain = new Chain(Configs.off(), hinting);
                var client = new RawClient(chain.front.outboundAddress())) {
            var hints = client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals(103, hints.status());
            assertEquals("</a.css>", hints.headers().get("link"));
            assertEquals(200, client.read(false).status());
        }
    }

    @Test
    void whatTheServiceSaysOfFormerHopsIsKeptAndThePeerIsAdded() throws Exception {
        Part ok = (socket, head) -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        for (var window : java.util.List.of(Configs.off(), BatchWindow.DEFAULT)) {
            try (var chain = new Chain(window, ok);
                    var client = new RawClient(chain.front.outboundAddress());
                    var other = new RawClient(chain.front.outboundAddress())) {
                client.ask(
                        "GET / HTTP/1.1\r\nHost: back\r\nForwarded: for=192.0.2.1;by=_gw\r\n"
                                + "traceparent: 00-a\r\n\r\n");
                var seen = forwarded(chain.service.next());
                assertEquals("for=192.0.2.1;by=_gw, for=127.0.0.1", seen);
                // An open quote would swallow what is added.
                other.ask("GET / HTTP/1.1\r\nHost: back\r\nForwarded: for=\"x\r\n\r\n");
                assertEquals("for=127.0.0.1", forwarded(chain.service.next()));
            }
        }
    }

    private static String forwarded(String head) throws IOException {
        var all = new StringBuilder();
        try (var lines = new BufferedReader(new java.io.StringReader(head))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("forwarded:")) {
                    all.append(all.isEmpty() ? "" : ", ").append(line.substring(10).strip());
                }
            }
        }
        return all.toString();
    }
}
