package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlowLinkTest {
    private static final Loops LOOPS = new Loops();
    private static final ExecutorService IO = Executors.newVirtualThreadPerTaskExecutor();

    @AfterAll
    static void closeLoops() {
        IO.shutdownNow();
        LOOPS.close();
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static SlowLink open(Wire wire, ServerSocket callee) {
        var address = new InetSocketAddress(callee.getInetAddress(), callee.getLocalPort());
        return SlowLink.open(wire, address, LOOPS.next(), System::nanoTime);
    }

    private static Socket connect(SlowLink link) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(link.address());
        return socket;
    }

    private static Future<Integer> echo(ServerSocket server) {
        return IO.submit(() -> {
            try (var socket = server.accept()) {
                socket.setTcpNoDelay(true);
                return (int) socket.getInputStream().transferTo(socket.getOutputStream());
            }
        });
    }

    private static double millisOf(Callable<?> action) throws Exception {
        long start = System.nanoTime();
        action.call();
        return (System.nanoTime() - start) / 1e6;
    }

    private static byte[] noise(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aByteAndItsEchoTakeTwiceTheDelayAndTheFirstOneAHandshakeMore() throws Exception {
        try (var server = server();
                var link = open(new Wire(Duration.ofMillis(20), null), server)) {
            var _ = echo(server);
            try (var socket = connect(link)) {
                double first = millisOf(() -> roundTrip(socket));
                var best = Double.MAX_VALUE;
                for (int i = 0; i < 8 || (best >= 44 && i < 50); i++) {
                    double took = millisOf(() -> roundTrip(socket));
                    assertTrue(took >= 40, "an echo was there after " + took + " ms");
                    best = Math.min(best, took);
                }
                assertTrue(first >= 80, "the first echo was there after " + first + " ms");
                assertTrue(best < 44, "the quickest echo took " + best + " ms");
            }
        }
    }

    private static int roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        return socket.getInputStream().read();
    }

    @Test
    void connectionsShareTheBandwidthAndEveryByteArrivesInOrder() throws Exception {
        int size = 250_000;
        var sent = noise(size);
        try (var server = server();
                var link = open(new Wire(Duration.ofMillis(5), 20_000_000L), server)) {
            long start = System.nanoTime();
            var one = IO.submit(() -> receive(server));
            var two = IO.submit(() -> receive(server));
            var first = IO.submit(() -> sendAll(link, sent));
            var second = IO.submit(() -> sendAll(link, sent));
            assertArrayEquals(sent, one.get());
            assertArrayEquals(sent, two.get());
            double took = (System.nanoTime() - start) / 1e6;
            first.get();
            second.get();
            double exact = 2.0 * size * 8 / 20_000_000 * 1e3;
            assertTrue(took >= exact, "2 x 250 kB took " + took + " ms, not " + exact);
            assertTrue(took < exact + 1000, "2 x 250 kB took " + took + " ms, not " + exact);
        }
    }

    private static byte[] receive(ServerSocket server) throws IOException {
        try (var socket = server.accept()) {
            return socket.getInputStream().readAllBytes();
        }
    }

    private static int sendAll(SlowLink link, byte[] bytes) throws IOException {
        try (var socket = connect(link)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return socket.getInputStream().read();
        }
    }

    @Test
    void theAnswerStillComesWhenTheCallerHasClosedItsSide() throws Exception {
        try (var server = server();
                var link = open(new Wire(Duration.ofMillis(5), null), server)) {
            var _ = echo(server);
            try (var socket = connect(link)) {
                socket.getOutputStream().write(noise(1_000_000));
                socket.shutdownOutput();
                assertArrayEquals(noise(1_000_000), socket.getInputStream().readAllBytes());
            }
            assertEquals(2_000_000, link.carriedBytes());
        }
    }

    @Test
    void aReceiverThatDoesNotReadStopsTheSenderInsteadOfFillingTheMemory() throws Exception {
        int size = 64 << 20;
        try (var server = server();
                var link = open(new Wire(Duration.ofMillis(1), null), server);
                var sender = SocketChannel.open(link.address());
                var accepted = server.accept()) {
            int written = writeUntilNothingIsTaken(sender, size);
            assertTrue(written < size, "all of 64 MiB went into the relay");
            assertEquals(0, accepted.getInputStream().read(), "the first byte still comes");
        }
    }

    private static int writeUntilNothingIsTaken(SocketChannel sender, int size) throws IOException {
        sender.configureBlocking(false);
        var block = ByteBuffer.allocate(64 << 10);
        int written = 0;
        try (var selector = Selector.open()) {
            sender.register(selector, SelectionKey.OP_WRITE);
            while (written < size && selector.select(300) > 0) {
                selector.selectedKeys().clear();
                written += sender.write(block.clear());
            }
        }
        return written;
    }

    @Test
    void aCalleeThatIsDownEndsTheConnection() throws Exception {
        var server = server();
        server.close();
        try (var link = open(new Wire(Duration.ofMillis(2), null), server);
                var socket = connect(link)) {
            assertEquals(-1, readOrEnd(socket.getInputStream()));
        }
    }

    private static int readOrEnd(InputStream in) {
        try {
            return in.read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void nobodyIsLetInAfterItIsClosed() throws Exception {
        try (var server = server()) {
            var link = open(new Wire(Duration.ofMillis(2), null), server);
            var socket = connect(link);
            link.close();
            assertEquals(-1, readOrEnd(socket.getInputStream()));
            assertThrows(IOException.class, () -> connect(link));
        }
    }
}
