package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptCredentialsTest {
    private static final long SEED = 20_261_122;
    private static final ByteBufAllocator ALLOC = ByteBufAllocator.DEFAULT;
    private static final Compression BATCH =
            new Compression(Codec.ZSTD, 1, Compression.Context.BATCH, 512);

    /** Who asked, by item, as the receiver sees it. */
    private static Map<Long, String> receive(UnitReader reader, ByteBuf bytes)
            throws WireException {
        var seen = new HashMap<Long, String>();
        try {
            reader.feed(
                    bytes,
                    frame -> {
                        var request = (Frame.Request) frame;
                        seen.put(request.item(), authorization(request));
                    });
        } finally {
            bytes.release();
        }
        return seen;
    }

    private static String authorization(Frame.Request frame) {
        try {
            var message = BinaryHttp.decodeRequest(frame.message(), WireLimits.DEFAULT).message();
            if (frame.kept() != null) {
                frame.kept().addTo(message.headers());
            }
            message.release();
            return String.join("|", message.headers().getAll("authorization"));
        } catch (WireException e) {
            throw new AssertionError(e.getMessage(), e);
        } finally {
            frame.release();
        }
    }

    private static FullHttpRequest request(String authorization) {
        var made = Messages.request("GET", "/orders/1", "");
        made.headers().set("Authorization", authorization);
        return made;
    }

    /** Few long credentials reach the bound in bytes, many short ones that in slots. */
    @ParameterizedTest
    @CsvSource({"900, 12000, 60", "6000, 40, 300", "16, 660, 40"})
    void nobodyGetsTheCredentialsOfAnother(int callers, int length, int batches) throws Exception {
        var random = new SplittableRandom(SEED);
        try (var writer = new UnitWriter(BATCH, WireLimits.DEFAULT).keepingCredentials();
                var reader = new UnitReader(WireLimits.DEFAULT, ALLOC)) {
            long item = 0;
            for (int i = 0; i < batches; i++) {
                var expected = new HashMap<Long, String>();
                var batch = writer.begin(ALLOC);
                for (int n = random.nextInt(1, 120); n > 0; n--) {
                    int caller = random.nextInt(callers);
                    var authorization = "Bearer " + caller + "." + "x".repeat(length);
                    var message = request(authorization);
                    var identity = CallerIdentity.of(message.headers());
                    batch.request(identity, ++item, 0, "http", message);
                    message.release();
                    expected.put(item, authorization);
                }
                var out = ALLOC.buffer();
                writer.write(batch, out);
                assertEquals(expected, receive(reader, out), "seed " + SEED + ", batch " + i);
            }
        }
    }

    /** The first request of A opens its unit before there is room to keep what A sends. */
    @Test
    void whatIsGivenUpIsFreeOnlyWhenTheBatchIsOver() throws Exception {
        try (var writer = new UnitWriter(BATCH, WireLimits.DEFAULT).keepingCredentials();
                var reader = new UnitReader(WireLimits.DEFAULT, ALLOC)) {
            var full = new ArrayList<>(List.of(bearer("small", 100)));
            long room = WireProtocol.MAX_KEPT_BYTES - kept(full.getFirst());
            while (room > 16_000) {
                full.add(bearer("long" + full.size(), 15_000));
                room -= kept(full.getLast());
            }
            if (room > 1_000) {
                full.add(bearer("rest", (int) room - 500));
            }
            full.forEach(one -> assertEquals(Map.of(1L, one), send(writer, reader, List.of(one))));
            var a = bearer("a", 14_000);
            var mixed = List.of(a, full.getFirst(), bearer("b", 1_000), a);
            var expected = new HashMap<Long, String>();
            mixed.forEach(one -> expected.put(expected.size() + 1L, one));
            assertEquals(expected, send(writer, reader, mixed));
        }
    }

    private static int kept(String authorization) throws WireException {
        return new FrameEncoder(WireLimits.DEFAULT)
                .keptSize(Messages.headers("authorization", authorization));
    }

    private static String bearer(String name, int length) {
        return "Bearer " + name + "." + "x".repeat(length);
    }

    /** Sends a batch with items from 1 on; who asked, as the receiver sees it. */
    private static Map<Long, String> send(
            UnitWriter writer, UnitReader reader, List<String> authorizations) {
        try (var batch = writer.begin(ALLOC)) {
            long item = 0;
            for (var authorization : authorizations) {
                var message = request(authorization);
                var identity = CallerIdentity.of(message.headers());
                batch.request(identity, ++item, 0, "http", message);
                message.release();
            }
            var out = ALLOC.buffer();
            writer.write(batch, out);
            return receive(reader, out);
        } catch (WireException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @Test
    void credentialsGoOutOnce() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        try (var writer = new UnitWriter(BATCH, WireLimits.DEFAULT).keepingCredentials()) {
            for (int i = 1; i <= 2; i++) {
                var message = request("Bearer " + "t".repeat(300) + i % 1);
                var out = ALLOC.buffer();
                try (var batch = writer.begin(ALLOC)) {
                    var identity = CallerIdentity.of(message.headers());
                    batch.request(identity, i, 0, "http", message);
                    writer.write(batch, out);
                }
                sizes.add(out.readableBytes());
                out.release();
                message.release();
            }
        }
        assertTrue(sizes.get(0) > 300 && sizes.get(1) < 60, "bytes: " + sizes);
    }

    @Test
    void aSlotThatKeepsNothingIsRefused() {
        var frame = Unpooled.wrappedBuffer(new byte[] {9, 1, 2, 0, 5});
        try (var decoder = new FrameDecoder(WireLimits.DEFAULT, ALLOC)) {
            var thrown =
                    assertThrows(WireException.class, () -> decoder.feed(frame, Frame::release));
            assertTrue(thrown.getMessage().contains("slot 5"), thrown.getMessage());
        }
    }

    @Test
    void onlyCredentialsAreKept() {
        // A section of one field, "via: x", of seven bytes.
        byte[] bytes = {8, 0, 7, 6, 3, 'v', 'i', 'a', 1, 'x'};
        try (var decoder = new FrameDecoder(WireLimits.DEFAULT, ALLOC)) {
            var thrown =
                    assertThrows(
                            WireException.class,
                            () -> decoder.feed(Unpooled.wrappedBuffer(bytes), Frame::release));
            assertTrue(thrown.getMessage().contains("no credential"), thrown.getMessage());
        }
    }

    @Test
    void aPeerCannotMakeThisKeepWithoutBound() throws Exception {
        var one = ALLOC.buffer();
        var headers = Messages.headers("authorization", "a".repeat(16_000));
        var encoder = new FrameEncoder(WireLimits.DEFAULT);
        try (var decoder = new FrameDecoder(WireLimits.DEFAULT, ALLOC)) {
            assertThrows(
                    WireException.class,
                    () -> {
                        for (int slot = 0; slot < WireProtocol.MAX_KEPT; slot++) {
                            one.clear();
                            encoder.keep(one, slot, headers);
                            decoder.feed(one, Frame::release);
                        }
                    });
        } finally {
            one.release();
        }
    }
}
