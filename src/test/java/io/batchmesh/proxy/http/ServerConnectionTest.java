package io.batchmesh.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {
    private static final String STREAMED =
            "POST /up HTTP/1.1\r\nHost: shop\r\nContent-Length: 6\r\n\r\n";

    private final List<Incoming> requests = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    /** Holds the caller up at each piece of a body, as an upstream does that is slower. */
    private final class Slow implements Intake {
        private final Incoming request;

        Slow(Incoming request) {
            this.request = request;
        }

        @Override
        public int wholeLimit() {
            return 0;
        }

        @Override
        public void whole(ByteBuf body, HttpHeaders trailers) {
            body.release();
        }

        @Override
        public void streamed() {}

        @Override
        public void content(HttpContent piece) {
            pieces.add(piece.content().toString(StandardCharsets.US_ASCII));
            piece.release();
            request.readBody(false);
        }

        @Override
        public void writable() {}

        @Override
        public void replied(long nanos) {}

        @Override
        public void cancelled() {}
    }

    ServerConnectionTest() {
        new HttpServer(this::accept, () -> 0, new ChannelInboundHandlerAdapter()).attach(channel);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Intake accept(Incoming request) {
        requests.add(request);
        return new Slow(request);
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        channel.runPendingTasks();
    }

    private boolean reads() {
        return channel.config().isAutoRead();
    }

    @Test
    void aBodyIsNotReadFurtherWhileItIsHeldUp() {
        send(STREAMED + "abc");
        assertEquals(List.of("abc"), pieces);
        assertFalse(reads(), "held up");
        requests.getFirst().readBody(true);
        assertTrue(reads(), "let go on");
        send("def");
        assertEquals(List.of("abc", "def"), pieces);
        assertFalse(reads(), "held up at the last piece too");
    }

    @Test
    void theNextRequestIsReadThoughTheLastWasHeldUpWhenItWasAnswered() {
        send(STREAMED + "abcdef");
        assertFalse(reads());
        requests.getFirst().reply(new Problem(429, "later", "not now", null).reply());
        channel.runPendingTasks();
        assertTrue(reads(), "the next one may come");
        send(STREAMED);
        assertEquals(2, requests.size());
    }
}
