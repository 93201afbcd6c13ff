package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnitRoundTripTest {
    private static final long SEED = 20_261_122;
    private static final int BATCHES = Boolean.getBoolean("stress") ? 2_000 : 25;

    static List<Compression> compressions() {
        return List.of(
                Compression.OFF,
                new Compression(Codec.GZIP, 1, Compression.Context.BATCH, 0),
                new Compression(Codec.GZIP, 6, Compression.Context.STREAM, 512),
                new Compression(Codec.ZSTD, 1, Compression.Context.BATCH, 0),
                new Compression(Codec.ZSTD, 3, Compression.Context.BATCH, 2048),
                new Compression(Codec.ZSTD, 1, Compression.Context.STREAM, 0),
                new Compression(Codec.ZSTD, 3, Compression.Context.STREAM, 512));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void everyFrameComesOutAsItWentInWhateverTheSplit(Compression compression) throws Exception {
        try (LeakChecked memory = new LeakChecked()) {
            roundTrip(compression, memory.alloc());
        }
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void itAlsoWorksWithTheUsualAllocator(Compression compression) throws Exception {
        roundTrip(compression, ByteBufAllocator.DEFAULT);
    }

    private static void roundTrip(Compression compression, ByteBufAllocator alloc)
            throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Sent sent = new Sent(random);
        Receiver received = new Receiver();
        try (UnitWriter writer = new UnitWriter(compression, WireLimits.DEFAULT);
                UnitReader reader = new UnitReader(WireLimits.DEFAULT, alloc)) {
            for (int i = 0; i < BATCHES; i++) {
                ByteBuf out = alloc.buffer();
                CombinedBatch batch = writer.begin(alloc);
                for (int n = random.nextInt(1, 40); n > 0; n--) {
                    sent.add(batch);
                }
                long raw = batch.rawBytes();
                UnitSizes sizes = writer.write(batch, out);
                assertEquals(raw, sizes.rawBytes());
                assertEquals(out.readableBytes(), sizes.wireBytes());
                received.feedInPieces(reader, out, random);
                out.release();
            }
            reader.end();
        }
        assertEquals(sent.items, received.items, () -> "seed " + SEED);
        sent.control.sort(null);
        received.control.sort(null);
        assertEquals(sent.control, received.control, () -> "seed " + SEED);
    }

    @Test
    void aMessageThatCannotBeCarriedLeavesItsBatchUsable() throws Exception {
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(Compression.OFF, WireLimits.DEFAULT);
                CombinedBatch batch = writer.begin(memory.alloc());
                UnitReader reader = new UnitReader(WireLimits.DEFAULT, memory.alloc())) {
            FullHttpRequest good = Messages.request("GET", "/a", "");
            FullHttpRequest bad = Messages.request("GET", "/a", "");
            bad.headers().remove("host");
            CallerIdentity caller = CallerIdentity.ANONYMOUS;
            batch.request(caller, 1, 0, "http", good);
            WireException e =
                    assertThrows(
                            WireException.class, () -> batch.request(caller, 2, 0, "http", bad));
            assertTrue(e.getMessage().contains("has no host"), e.getMessage());
            batch.request(caller, 3, 0, "http", good);
            assertEquals(2, batch.frames());
            ByteBuf out = memory.alloc().buffer();
            writer.write(batch, out);
            Receiver received = new Receiver();
            reader.feed(out, received);
            reader.end();
            out.release();
            assertEquals(Set.of(1L, 3L), received.items.keySet());
        }
    }

    /** Makes frames and remembers what they say. */
    private static final class Sent {
        private final SplittableRandom random;
        private final Map<Long, String> items = new HashMap<>();
        private final List<String> control = new ArrayList<>();
        private long item;

        private Sent(SplittableRandom random) {
            this.random = random;
        }

        private void add(CombinedBatch batch) throws WireException {
            CallerIdentity caller = new CallerIdentity(random.nextInt(40), 0, 0, 0);
            item++;
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    FullHttpRequest message = Messages.randomRequest(random);
                    long timeout = random.nextLong(1L << random.nextInt(1, 62));
                    batch.request(caller, item, timeout, "https", message);
                    items.put(item, timeout + " https " + Messages.text(message));
                    message.release();
                }
                case 2, 3 -> {
                    FullHttpResponse message = Messages.randomResponse(random);
                    PeerReport report =
                            new PeerReport(random.nextLong(1L << 40), random.nextLong(1L << 20));
                    batch.response(caller, item, report, message);
                    items.put(item, report + " " + Messages.text(message));
                    message.release();
                }
                default -> {
                    Frame frame = control();
                    batch.add(caller, frame);
                    control.add(frame.toString());
                }
            }
        }

        private Frame control() {
            return switch (random.nextInt(5)) {
                case 0 -> new Frame.Cancel(item);
                case 1 -> new Frame.Credit(random.nextInt(1000), random.nextLong(1L << 40));
                case 2 -> new Frame.Ping(random.nextLong(1L << 62), random.nextBoolean());
                case 3 -> new Frame.GoAway(item);
                default -> new Frame.Failure(item, 503, "peer überlastet");
            };
        }
    }
}
