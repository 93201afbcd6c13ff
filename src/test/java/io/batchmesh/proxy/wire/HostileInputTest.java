package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, there is a {@link WireException} or frames; nothing else, and no leak. */
class HostileInputTest {
    private static final long SEED = 31;
    private static final int ROUNDS = Boolean.getBoolean("stress") ? 200_000 : 1_500;
    private static final WireLimits LIMITS =
            new WireLimits(64 << 10, 128 << 10, 100, 32 << 10, 64, 16 << 10);

    static List<Compression> compressions() {
        return UnitRoundTripTest.compressions();
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void damagedUnitsNeverBreakTheReader(Compression compression) throws WireException {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] sound = sound(compression, random);
        int refused = 0;
        try (LeakChecked memory = new LeakChecked()) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bytes = sound.clone();
                for (int n = random.nextInt(1, 4); n > 0; n--) {
                    int near = random.nextInt(1, bytes.length);
                    bytes[random.nextInt(near)] = (byte) random.nextInt(256);
                }
                int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
                refused += refused(Unpooled.wrappedBuffer(bytes, 0, length), memory, i) ? 1 : 0;
            }
        }
        assertTrue(refused > ROUNDS / 10, "refused only " + refused);
    }

    @Test
    void noiseNeverBreaksTheReader() {
        SplittableRandom random = new SplittableRandom(SEED);
        try (LeakChecked memory = new LeakChecked()) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bytes = new byte[random.nextInt(1, 200)];
                random.nextBytes(bytes);
                bytes[0] &= 0x33;
                refused(Unpooled.wrappedBuffer(bytes), memory, i);
            }
        }
    }

    private static boolean refused(ByteBuf bytes, LeakChecked memory, int round) {
        try (UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            int half = bytes.readableBytes() / 2;
            reader.feed(bytes.readSlice(half), HostileInputTest::decode);
            reader.feed(bytes, HostileInputTest::decode);
            reader.end();
            return false;
        } catch (WireException e) {
            assertTrue(e.getMessage().startsWith("unit "), e.getMessage());
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + SEED + ", round " + round, e);
        }
    }

    /** Decodes the message too, which may be damaged where its frame is not. */
    private static void decode(Frame frame) {
        try {
            switch (frame) {
                case Frame.Request r ->
                        BinaryHttp.decodeRequest(r.message(), LIMITS).message().release();
                case Frame.Response r -> BinaryHttp.decodeResponse(r.message(), LIMITS).release();
                default -> {}
            }
        } catch (WireException e) {
            assertTrue(!e.getMessage().isEmpty());
        } finally {
            frame.release();
        }
    }

    private static byte[] sound(Compression compression, SplittableRandom random)
            throws WireException {
        ByteBuf out = Unpooled.buffer();
        try (UnitWriter writer = new UnitWriter(compression, LIMITS)) {
            for (int item = 0; item < 8; item++) {
                CombinedBatch batch = writer.begin(out.alloc());
                FullHttpRequest message = Messages.randomRequest(random);
                message.content().writerIndex(Math.min(300, message.content().writerIndex()));
                CallerIdentity caller = new CallerIdentity(item % 3, 0, 0, 0);
                batch.request(caller, item, 0, "http", message);
                batch.response(caller, item, PeerReport.NONE, Messages.response(200, "ok"));
                batch.add(caller, new Frame.Credit(item, 1000));
                writer.write(batch, out);
            }
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    04             | MALFORMED | header: flags are 0x04: neither a codec nor reserved
                    13             | MALFORMED | header: flags are 0x13: only zstd has running contexts
                    23             | MALFORMED | header: flags are 0x23: only zstd has running contexts
                    80             | MALFORMED | header: flags are 0x80: neither a codec nor reserved
                    10             | MALFORMED | header: flags are 0x10: only zstd has running contexts
                    11             | MALFORMED | header: flags are 0x11: only zstd has running contexts
                    22             | MALFORMED | header: flags are 0x22: only zstd has running contexts
                    32 20 01 01    | MALFORMED | header: context id must be 0 to 31, not 32
                    02 00 01       | MALFORMED | header: a compressed unit must not be empty
                    03 00 01       | MALFORMED | header: a compressed unit must not be empty
                    02 01 00       | MALFORMED | header: a compressed unit must not be empty
                    00 bfffffff    | TOO_LARGE | header: 1073741823 raw bytes are over the limit of 131072
                    01 bfffffff 01 | TOO_LARGE | header: 1073741823 raw bytes are over the limit of 131072
                    01 01 80010000 | TOO_LARGE | header: a body of 65536 bytes is too long for 1 raw bytes
                    01 80010000 10 | TOO_LARGE | header: 65536 raw bytes are too many for a body of 16
                    00 03 030500 00 02 0306 | TRUNCATED | unit 2, frame 2: the input ends inside the frame
                    """)
    void aHeaderThatCannotBeMeantIsRefused(String hex, Fault fault, String message) {
        try (LeakChecked memory = new LeakChecked();
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            WireException e =
                    assertThrows(
                            WireException.class,
                            () -> reader.feed(RfcExamples.bytes(hex), Frame::release));
            assertTrue(e.getMessage().endsWith(message), e.getMessage());
            assertEquals(fault, e.fault());
        }
    }

    @Test
    void anEndInsideAUnitIsTruncatedAndFreesItsMemory() throws WireException {
        byte[] sound = sound(compressions().getLast(), new SplittableRandom(SEED));
        int whole = 0;
        for (int length = 0; length <= sound.length; length++) {
            try (LeakChecked memory = new LeakChecked();
                    UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
                reader.feed(Unpooled.wrappedBuffer(sound, 0, length), Frame::release);
                reader.end();
                whole++;
            } catch (WireException e) {
                assertEquals(Fault.TRUNCATED, e.fault());
            }
        }
        assertEquals(9, whole, "only between the eight units");
    }
}
