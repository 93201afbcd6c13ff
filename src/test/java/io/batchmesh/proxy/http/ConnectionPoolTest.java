package io.batchmesh.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Clocks;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** A call that asks for one thing. */
    private static class Asking implements Call {
        final CompletableFuture<String> outcome = new CompletableFuture<>();
        @Nullable ClientConnection connection;

        @Override
        public void connected(ClientConnection ready) {
            connection = ready;
            var request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
            request.headers().set(HttpHeaderNames.HOST, "back");
            ready.send(request);
        }

        @Override
        public void head(HttpResponse head) {
            outcome.complete(head.status().toString());
        }

        @Override
        public void content(HttpContent piece) {
            piece.release();
        }

        @Override
        public void failed(CallFailure failure) {
            outcome.complete(failure.toString());
        }
    }

    /** Takes the next connection and reads a request. */
    private static Socket asked(ServerSocket server) throws IOException {
        var socket = server.accept();
        socket.setSoTimeout(10_000);
        var seen = new StringBuilder();
        while (seen.indexOf("\r\n\r\n") < 0) {
            seen.append((char) socket.getInputStream().read());
        }
        return socket;
    }

    /**
     * Two answers come in one turn of the loop. Whoever gets the first gives the other call up,
     * whose socket is closed, and makes another, whose socket may get the same number: what had
     * come for the one must not be taken for the other's.
     */
    @Test
    void aNewConnectionDoesNotSufferForOneThatWasClosedInTheSameTurn() throws Exception {
        var loops = Transport.newLoops(1, new DefaultThreadFactory("pool-test", true));
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            for (int i = 0; i < 20; i++) {
                replaced(loops, server);
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static void replaced(EventLoopGroup loops, ServerSocket server) throws Exception {
        var lane = new Lane(loops, new Clocks(InstantSource.system(), System::nanoTime));
        var pool = new ConnectionPool(lane, server.getLocalSocketAddress());
        var given = new Asking();
        var third = new Asking();
        var first =
                new Asking() {
                    @Override
                    public void head(HttpResponse head) {
                        if (given.connection != null) {
                            given.connection.abort();
                        }
                        pool.submit(third);
                    }
                };
        lane.loop().execute(() -> pool.submit(first));
        try (var one = asked(server)) {
            lane.loop().execute(() -> pool.submit(given));
            try (var two = asked(server)) {
                var both = new CountDownLatch(1);
                lane.loop().execute(() -> awaits(both));
                one.getOutputStream().write(ANSWER);
                two.getOutputStream().write(ANSWER);
                both.countDown();
                try (var three = asked(server)) {
                    three.getOutputStream().write(ANSWER);
                    assertEquals("200 OK", third.outcome.get(10, TimeUnit.SECONDS));
                }
            }
        } finally {
            lane.await(pool::abort);
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
