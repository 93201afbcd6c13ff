package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are long or take their time come in parts, also over a link that batches. */
class AnswerInPartsTest {
    private static final String ASK = "GET /e HTTP/1.1\r\nHost: back\r\n\r\n";

    /** Connections on which the service was asked for something it is still to answer. */
    private final BlockingQueue<Channel> asked = new LinkedBlockingQueue<>();

    private StandInService service;
    private Sidecar back;

    @BeforeEach
    void start() throws IOException {
        service =
                new StandInService(
                        Loops.GROUP,
                        (ctx, request) -> {
                            if (request.uri().equals("/quick")) {
                                return StandInService.text(200, "quick");
                            }
                            asked.add(ctx.channel());
                            return null;
                        });
        back = Loops.back(service.address());
    }

    @AfterEach
    void stop() throws IOException {
        back.close();
        service.close();
    }

    private Channel asked() throws InterruptedException {
        var channel = asked.poll(10, TimeUnit.SECONDS);
        if (channel == null) {
            throw new AssertionError("the service was not asked");
        }
        return channel;
    }

    private static void head(Channel to, String type) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-type", type);
        HttpUtil.setTransferEncodingChunked(head, true);
        to.writeAndFlush(head);
    }

    private static void say(Channel to, String text) {
        to.writeAndFlush(
                new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
    }

    private static void end(Channel to) {
        var last = new DefaultLastHttpContent();
        last.trailingHeaders().set("grpc-status", "0");
        to.writeAndFlush(last);
    }

    private Sidecar front(BatchWindow window) throws IOException {
        return Loops.front(Loops.to(back, window));
    }

    private static long batched(Sidecar front) {
        return Scraped.of(front).count("batchmesh_request_duration_seconds", "path", "batched");
    }

    @ParameterizedTest
    @EnumSource(Compression.Context.class)
    void eachEventIsThereBeforeTheNextIsSent(Compression.Context context) throws Exception {
        var packing = new Compression(Compression.Codec.ZSTD, 1, context, 0);
        try (var front = front(BatchWindow.DEFAULT.withCompression(packing));
                var client = new RawClient(front.outboundAddress())) {
            client.send(ASK);
            var service = asked();
            head(service, "text/event-stream");
            assertEquals("text/event-stream", client.head().headers().get("content-type"));
            for (int i = 0; i < 5; i++) {
                say(service, "data: " + i + "\n\n");
                assertEquals("data: " + i + "\n\n", client.chunk());
            }
            end(service);
            assertEquals("", client.chunk());
            assertTrue(Loops.soon(() -> batched(front) == 1));
            assertEquals("quick", quick(client));
        }
    }

    @Test
    void anAnswerWhoseRestKeepsOneWaitingIsNotWaitedFor() throws Exception {
        try (var front = front(BatchWindow.DEFAULT);
                var client = new RawClient(front.outboundAddress())) {
            client.send(ASK);
            var service = asked();
            head(service, "application/grpc");
            say(service, "first");
            assertEquals(200, client.head().status());
            assertEquals("first", client.chunk());
            say(service, "second");
            assertEquals("second", client.chunk());
            end(service);
            assertEquals("", client.chunk());
        }
    }

    private static String quick(RawClient client) throws IOException {
        return client.ask("GET /quick HTTP/1.1\r\nHost: back\r\n\r\n").body();
    }

    @Test
    void aCallerThatDoesNotReadHoldsUpTheServiceAndNobodyElse() throws Exception {
        try (var front = front(BatchWindow.DEFAULT);
                var slow = new RawClient(front.outboundAddress());
                var other = new RawClient(front.outboundAddress())) {
            slow.send(ASK);
            var service = asked();
            head(service, "text/event-stream");
            var written = new AtomicLong();
            pour(service, written);
            // What sockets and the window hold is a few MiB; the service could write on for ever.
            assertTrue(Loops.soon(() -> !service.isWritable()));
            for (int i = 0; i < 200; i++) {
                assertEquals("quick", quick(other));
            }
            long before = written.get();
            assertTrue(before < 64 << 20, "the service was read on: " + before);
            slow.head();
            long read = 0;
            while (read <= before) {
                read += slow.chunk().length();
            }
            assertTrue(Loops.soon(() -> written.get() > before), "it does not go on");
        }
    }

    /** Writes as long as the connection takes it. */
    private static void pour(Channel to, AtomicLong written) {
        var piece = "x".repeat(16 << 10);
        to.eventLoop()
                .execute(() -> {
                    while (to.isActive() && to.isWritable()) {
                        say(to, piece);
                        written.addAndGet(piece.length());
                    }
                    if (to.isActive()) {
                        to.eventLoop().schedule(() -> pour(to, written), 1, TimeUnit.MILLISECONDS);
                    }
                });
    }

    @Test
    void manyAtOnceSomeInPartsEachGetItsOwn() throws Exception {
        try (var halting =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) -> {
                                    var text = request.method() + " " + request.uri() + " ";
                                    if (request.uri().hashCode() % 3 != 0) {
                                        return StandInService.text(200, text);
                                    }
                                    head(ctx.channel(), "text/plain");
                                    say(ctx.channel(), text.substring(0, 5));
                                    ctx.executor()
                                            .schedule(
                                                    () -> {
                                                        say(ctx.channel(), text.substring(5));
                                                        end(ctx.channel());
                                                    },
                                                    15,
                                                    TimeUnit.MILLISECONDS);
                                    return null;
                                });
                var called = Loops.back(halting.address());
                var front = Loops.front(Loops.to(called, BatchWindow.DEFAULT))) {
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 3_000);
            load.start(32);
            assertTrue(load.await(30), load.toString());
            assertEquals(3_000, load.count(200), load.toString());
            assertEquals(0, load.wrong());
        }
    }

    @Test
    void aCallerThatGoesAwayEndsTheCallToTheService() throws Exception {
        try (var front = front(BatchWindow.DEFAULT)) {
            Channel service;
            try (var client = new RawClient(front.outboundAddress())) {
                client.send(ASK);
                service = asked();
                head(service, "text/event-stream");
                client.head();
            }
            assertTrue(Loops.soon(() -> !service.isActive()));
            try (var other = new RawClient(front.outboundAddress())) {
                assertEquals("quick", quick(other));
            }
        }
    }

    @Test
    void anAnswerThatBreaksOffIsBrokenOffForTheCallerToo() throws Exception {
        try (var front = front(BatchWindow.DEFAULT);
                var client = new RawClient(front.outboundAddress())) {
            client.send(ASK);
            var service = asked();
            head(service, "text/event-stream");
            say(service, "some");
            client.head();
            assertEquals("some", client.chunk());
            service.close();
            assertThrows(EOFException.class, client::chunk);
        }
    }

    private interface Answer {
        void to(ScriptedPeer.Connection peer, long item) throws IOException, WireException;
    }

    /** What a caller gets of a peer that answers a call in its own way, and the next one well. */
    private static String answered(Answer wrong) throws Exception {
        try (var peer =
                        new ScriptedPeer((to, item, method, path) -> {
                            if (path.equals("/quick")) {
                                to.frame(to.answer(item, method, path));
                            } else {
                                wrong.to(to, item);
                            }
                        });
                var front =
                        Loops.front(
                                Configs.link(peer.address(), Peer.SIDECAR, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress());
                var other = new RawClient(front.outboundAddress())) {
            client.send("POST /e HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n");
            String got;
            try {
                var reply = client.read(false);
                int announced =
                        Integer.parseInt(reply.headers().getOrDefault("content-length", "0"));
                boolean whole = reply.body().length() >= announced;
                got = whole ? reply.status() + " " + reply.body() : "broken off";
            } catch (EOFException e) {
                got = "broken off";
            }
            assertEquals("GET /quick ", quick(other));
            assertEquals(1, peer.executions().get("/e"));
            return got;
        }
    }

    private static Frame head(long item) throws WireException {
        return head(item, null);
    }

    private static Frame head(long item, @Nullable String announced) throws WireException {
        var message = Unpooled.buffer();
        var reply = StandInService.text(200, "");
        if (announced != null) {
            HttpUtil.setContentLength(reply, announced.length());
        }
        BinaryHttp.encodeResponse(reply, WireLimits.DEFAULT, message);
        return new Frame.AnswerHead(item, PeerReport.NONE, message);
    }

    private static Frame part(long item, int bytes) {
        return new Frame.AnswerPart(item, Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private static Frame end(long item, HttpHeaders trailers) throws WireException {
        var section = Unpooled.buffer();
        BinaryHttp.encodeTrailers(trailers, WireLimits.DEFAULT, section);
        return new Frame.AnswerEnd(item, PeerReport.NONE, section);
    }

    @Test
    void aPeerThatSendsMoreThanIsGrantedLosesThatAnswerAndNoOther() throws Exception {
        var got =
                answered((to, item) -> {
                    to.frame(head(item));
                    to.frame(part(item, 300 << 10));
                });
        assertEquals("broken off", got);
    }

    @Test
    void contentThatTheHeadDidNotAnnounceNeverReachesACaller() throws Exception {
        for (int bytes : new int[] {4, 6}) {
            var got =
                    answered((to, item) -> {
                        to.frame(head(item, "hello"));
                        to.frame(part(item, bytes));
                        var none = StandInService.text(200, "").trailingHeaders();
                        to.frame(end(item, none));
                    });
            assertEquals("broken off", got, "after " + bytes + " of 5 bytes");
        }
    }

    @Test
    void partsWithoutAHeadAreNoAnswer() throws Exception {
        var got = answered((to, item) -> to.frame(part(item, 10)));
        assertTrue(got.startsWith("502 ") && got.contains("a part before the head"), got);
    }

    @Test
    void anEndWithoutAHeadIsNoAnswer() throws Exception {
        var trailers = StandInService.text(200, "").trailingHeaders();
        var got = answered((to, item) -> to.frame(end(item, trailers)));
        assertTrue(got.startsWith("502 ") && got.contains("a part before the head"), got);
    }

    @Test
    void aSecondHeadBreaksTheAnswerOff() throws Exception {
        var got =
                answered((to, item) -> {
                    to.frame(head(item));
                    to.frame(head(item));
                });
        assertEquals("broken off", got);
    }

    @Test
    void aWholeAnswerAfterAHeadBreaksItOff() throws Exception {
        var got =
                answered((to, item) -> {
                    to.frame(head(item));
                    to.frame(to.answer(item, "POST", "/e"));
                });
        assertEquals("broken off", got);
    }

    @Test
    void anErrorAfterTheHeadBreaksTheAnswerOffAndNothingIsTriedAgain() throws Exception {
        var got =
                answered((to, item) -> {
                    to.frame(head(item));
                    to.frame(new Frame.Failure(item, 503, "no more of it"));
                });
        assertEquals("broken off", got);
    }

    @Test
    void trailersComeAfterTheParts() throws Exception {
        var trailers = StandInService.text(200, "").trailingHeaders().add("grpc-status", "0");
        var got =
                answered((to, item) -> {
                    to.frame(head(item));
                    to.frame(part(item, 3));
                    to.frame(end(item, trailers));
                });
        assertArrayEquals(
                "200 \0\0\0".getBytes(StandardCharsets.US_ASCII),
                got.getBytes(StandardCharsets.US_ASCII));
        assertFalse(got.contains("broken"));
    }
}
