package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunningContextTest {
    private static final long SEED = 97;
    private static final WireLimits LIMITS = WireLimits.DEFAULT;
    private static final Compression RUNNING =
            new Compression(Codec.ZSTD, 3, Compression.Context.STREAM, 0);

    @Test
    void theContextUsedLongestAgoGoesFirstAndBothSidesAgree() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<Integer, Integer> model = new LinkedHashMap<>(64, 0.75f, true);
        Receiver received = new Receiver();
        Map<Long, String> sent = new HashMap<>();
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(RUNNING, LIMITS);
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            for (long item = 1; item <= 1500; item++) {
                int who = random.nextInt(random.nextInt(1, 60));
                FullHttpRequest message = Messages.randomRequest(random);
                sent.put(item, "0 http " + Messages.text(message));
                ByteBuf unit = unit(writer, memory, who, item, message);
                UnitHeader header = header(unit, LIMITS);
                assertTrue(header.running());
                boolean expectReset = !model.containsKey(who);
                int slot = slot(model, who);
                assertEquals(expectReset, header.reset(), "item " + item + ", seed " + SEED);
                assertEquals(slot, header.contextId(), "item " + item + ", seed " + SEED);
                reader.feed(unit, received);
                unit.release();
            }
            reader.end();
        }
        assertEquals(sent, received.items, () -> "seed " + SEED);
    }

    /** What an independent list of 32 places, least recently used out first, would choose. */
    private static int slot(Map<Integer, Integer> model, int who) {
        Integer known = model.get(who);
        if (known != null) {
            return known;
        }
        int slot = model.size();
        if (slot == WireProtocol.MAX_CONTEXTS) {
            var oldest = model.entrySet().iterator();
            slot = oldest.next().getValue();
            oldest.remove();
        }
        model.put(who, slot);
        return slot;
    }

    @Test
    void aCallerLearnsNothingFromTheSizeOfAnothersUnits() throws Exception {
        String secret = secret();
        for (Compression.Context context : Compression.Context.values()) {
            Compression zstd = new Compression(Codec.ZSTD, 3, context, 0);
            try (LeakChecked memory = new LeakChecked();
                    UnitWriter writer = new UnitWriter(zstd, LIMITS)) {
                long first = size(writer, memory, 1, secret);
                for (int who = 2; who < 80; who++) {
                    long other = size(writer, memory, who, secret);
                    assertTrue(other > secret.length() * 0.7, who + ": " + other);
                    assertTrue(Math.abs(first - other) < 16, first + " and " + other);
                }
                long again = size(writer, memory, 79, secret);
                boolean running = context == Compression.Context.STREAM;
                assertEquals(running, again < first / 10, first + ", then " + again);
            }
        }
    }

    @Test
    void twoCallersAreNeverInOneCompressedUnit() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Compression compression : UnitRoundTripTest.compressions()) {
            if (compression.codec() == Codec.NONE) {
                continue;
            }
            try (LeakChecked memory = new LeakChecked();
                    UnitWriter writer = new UnitWriter(compression, LIMITS);
                    UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
                for (int i = 0; i < 10; i++) {
                    CombinedBatch batch = writer.begin(memory.alloc());
                    for (int n = 0; n < 50; n++) {
                        FullHttpRequest message = Messages.randomRequest(random);
                        message.headers().set("authorization", "Bearer " + n % 9);
                        CallerIdentity caller = CallerIdentity.of(message.headers());
                        batch.request(caller, i * 50 + n, 0, "http", message);
                        message.release();
                    }
                    List<ByteBuf> units = new ArrayList<>();
                    writer.write(batch, memory.alloc(), units::add);
                    assertEquals(9, units.size(), () -> "seed " + SEED);
                    for (ByteBuf unit : units) {
                        List<CallerIdentity> callers = new ArrayList<>();
                        reader.feed(unit, frame -> callers.add(caller(frame)));
                        unit.release();
                        assertEquals(1, callers.stream().distinct().count());
                    }
                }
            }
        }
    }

    @Test
    void aContextThatNeverBeganIsRefused() {
        try (LeakChecked memory = new LeakChecked();
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            ByteBuf bytes = RfcExamples.bytes("12 05 10 04 00000000");
            WireException e =
                    assertThrows(WireException.class, () -> reader.feed(bytes, Frame::release));
            assertEquals("unit 1, body: context 5 goes on but never began", e.getMessage());
            WireException again =
                    assertThrows(
                            WireException.class,
                            () -> reader.feed(Unpooled.wrappedBuffer(new byte[1]), f -> {}));
            assertEquals(e.getMessage(), again.getMessage());
        }
    }

    @Test
    void aUnitThatShrinksTooMuchIsSentAsItIsAndItsContextBeginsAgain() throws Exception {
        WireLimits strict = new WireLimits(1 << 20, 2 << 20, 20, 10_000, 100, 64 << 10);
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(RUNNING, strict);
                UnitReader reader = new UnitReader(strict, memory.alloc())) {
            Receiver received = new Receiver();
            List<String> kinds = new ArrayList<>();
            for (String body : List.of(secret(), secret(), "0".repeat(500_000), secret())) {
                FullHttpRequest message = Messages.request("POST", "/", body);
                ByteBuf unit = unit(writer, memory, 1, kinds.size(), message);
                UnitHeader header = header(unit, strict);
                kinds.add(header.codec() + (header.reset() ? " reset" : ""));
                reader.feed(unit, received);
                unit.release();
            }
            assertEquals(List.of("ZSTD reset", "ZSTD", "NONE", "ZSTD reset"), kinds);
            assertEquals(4, received.items.size());
        }
    }

    @Test
    void theCompressionMayChangeBetweenBatches() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Compression> all = UnitRoundTripTest.compressions();
        Receiver received = new Receiver();
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(Compression.OFF, LIMITS);
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            for (int item = 0; item < 100; item++) {
                writer.compression(all.get(random.nextInt(all.size())));
                ByteBuf unit = unit(writer, memory, 1, item, Messages.randomRequest(random));
                reader.feed(unit, received);
                unit.release();
            }
            reader.end();
        }
        assertEquals(100, received.items.size());
    }

    private static UnitHeader header(ByteBuf unit, WireLimits limits) throws WireException {
        return Objects.requireNonNull(UnitHeader.tryRead(unit.duplicate(), limits));
    }

    private static String secret() {
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append((char) random.nextInt('!', '~'));
        }
        return text.toString();
    }

    private static long size(UnitWriter writer, LeakChecked memory, int who, String body)
            throws WireException {
        ByteBuf unit = unit(writer, memory, who, 1, Messages.request("POST", "/", body));
        try {
            return unit.readableBytes();
        } finally {
            unit.release();
        }
    }

    private static ByteBuf unit(
            UnitWriter writer, LeakChecked memory, int who, long item, FullHttpRequest message)
            throws WireException {
        CombinedBatch batch = writer.begin(memory.alloc());
        add(batch, item, message, who);
        ByteBuf out = memory.alloc().directBuffer();
        writer.write(batch, out);
        return out;
    }

    private static void add(CombinedBatch batch, long item, FullHttpRequest message, int who)
            throws WireException {
        batch.request(new CallerIdentity(who, 0, 0, 0), item, 0, "http", message);
        message.release();
    }

    private static CallerIdentity caller(Frame frame) {
        try {
            var message = BinaryHttp.decodeRequest(((Frame.Request) frame).message(), LIMITS);
            message.message().release();
            return CallerIdentity.of(message.message().headers());
        } catch (WireException e) {
            throw new AssertionError(e);
        } finally {
            frame.release();
        }
    }
}
