package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that want to be far larger than they say, or than they may be. */
public class BombTest {
    private static final WireLimits LIMITS = WireLimits.DEFAULT;
    private static final int MIB = 1 << 20;
    private static final long MOST_MEMORY = 16L * MIB;
    private static final int ZSTD_FRESH = 0x02;
    private static final int ZSTD_RUNNING_RESET = 0x32;
    private static final int ZSTD_HTTP = 0x03;
    private static final int GZIP = 0x01;

    /** A body and what its header says of it. */
    record Bomb(String name, int flags, long rawLength, ByteBuf body) {
        private Bomb(String name, int flags, long rawLength, byte[] body) {
            this(name, flags, rawLength, Unpooled.wrappedBuffer(body));
        }

        @Override
        public String toString() {
            return name + ", says " + rawLength;
        }
    }

    static Stream<Bomb> bombs() {
        byte[] zeros = new byte[32 * MIB];
        byte[] gzip = gzip(zeros);
        byte[] zstd = Zstd.compress(zeros, 3);
        byte[] http = http(zeros);
        byte[] smallHttp = http(new byte[MIB]);
        byte[] running = running(zeros, 18);
        byte[] small = gzip(new byte[MIB]);
        byte[] smallZstd = Zstd.compress(new byte[MIB], 3);
        List<Bomb> bombs = new ArrayList<>();
        for (long says : List.of(100L, (long) MIB, 8L * MIB, 64L * MIB, 1L << 40, Varint.MAX)) {
            bombs.add(new Bomb("gzip", GZIP, says, gzip));
            bombs.add(new Bomb("gzip, nested", GZIP, says, gzip(gzip)));
            bombs.add(new Bomb("gzip, 100 members", GZIP, says, repeat(small, 100)));
            bombs.add(
                    new Bomb(
                            "gzip, 5000 empty members",
                            GZIP,
                            says,
                            repeat(gzip(new byte[0]), 5000)));
            bombs.add(new Bomb("zstd", ZSTD_FRESH, says, zstd));
            bombs.add(new Bomb("zstd, nested", ZSTD_FRESH, says, Zstd.compress(zstd, 3)));
            bombs.add(new Bomb("zstd, 100 frames", ZSTD_FRESH, says, repeat(smallZstd, 100)));
            bombs.add(
                    new Bomb(
                            "zstd, empty frames",
                            ZSTD_FRESH,
                            says,
                            repeat(Zstd.compress(new byte[0]), 5000)));
            bombs.add(new Bomb("dictionary", ZSTD_HTTP, says, http));
            bombs.add(new Bomb("dictionary, nested", ZSTD_HTTP, says, http(http)));
            bombs.add(new Bomb("dictionary, 100", ZSTD_HTTP, says, repeat(smallHttp, 100)));
            bombs.add(new Bomb("zstd with its magic number", ZSTD_HTTP, says, smallZstd));
            bombs.add(new Bomb("dictionary as zstd", ZSTD_FRESH, says, smallHttp));
            bombs.add(new Bomb("zstd, running", ZSTD_RUNNING_RESET, says, running));
            bombs.add(new Bomb("zstd, ended", ZSTD_RUNNING_RESET, says, smallZstd));
            bombs.add(new Bomb("gzip as zstd", ZSTD_FRESH, says, gzip));
            bombs.add(new Bomb("zstd as gzip", GZIP, says, zstd));
        }
        return bombs.stream();
    }

    /** The bodies of batches that each of them makes. */
    public static List<byte[]> bodies() {
        return bombs().map(BombTest::unit)
                .map(unit -> {
                    var bytes = ByteBufUtil.getBytes(unit);
                    unit.release();
                    return bytes;
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aBombIsRefusedInLittleMemory(Bomb bomb) {
        ByteBuf unit = unit(bomb);
        try (LeakChecked memory = new LeakChecked();
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            long heapBefore = allocated();
            WireException e =
                    assertThrows(WireException.class, () -> reader.feed(unit, Frame::release));
            assertTrue(e.getMessage().startsWith("unit 1"), e.getMessage());
            assertTrue(memory.peakBytes() <= MOST_MEMORY, "peak " + memory.peakBytes());
            assertTrue(allocated() - heapBefore <= MOST_MEMORY, "heap");
        } finally {
            unit.release();
        }
    }

    @Test
    void severalMembersThatKeepToWhatWasSaidAreRead() throws WireException {
        byte[] cancel = {3, 5, 0};
        List<Frame> read = new ArrayList<>();
        try (LeakChecked memory = new LeakChecked();
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            ByteBuf gzip = unit(new Bomb("", GZIP, 60, repeat(gzip(cancel), 20)));
            reader.feed(gzip, read::add);
            gzip.release();
            ByteBuf zstd = unit(new Bomb("", ZSTD_FRESH, 60, repeat(Zstd.compress(cancel, 3), 20)));
            reader.feed(zstd, read::add);
            zstd.release();
            reader.end();
        }
        assertEquals(Collections.nCopies(40, new Frame.Cancel(5)), read);
    }

    @Test
    void moreThanWasSaidIsTooLargeForEveryCodec() {
        byte[] zeros = new byte[200_000];
        List<Bomb> lies =
                List.of(
                        new Bomb("gzip", GZIP, 199_999, gzip(zeros)),
                        new Bomb("gzip", GZIP, 100_000, repeat(gzip(new byte[100_000]), 2)),
                        new Bomb("zstd", ZSTD_FRESH, 199_998, Zstd.compress(zeros)),
                        new Bomb("dictionary", ZSTD_HTTP, 199_998, http(zeros)),
                        new Bomb("running", ZSTD_RUNNING_RESET, 199_999, running(zeros, 18)),
                        new Bomb("running", ZSTD_RUNNING_RESET, 1_000, running(zeros, 18)));
        for (Bomb lie : lies) {
            ByteBuf unit = unit(lie);
            try (LeakChecked memory = new LeakChecked();
                    UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
                WireException e =
                        assertThrows(WireException.class, () -> reader.feed(unit, Frame::release));
                assertEquals(WireException.Fault.TOO_LARGE, e.fault(), lie + ": " + e.getMessage());
            } finally {
                unit.release();
            }
        }
    }

    @Test
    void aRunningContextWithALargeWindowIsRefused() {
        byte[] wide = running(new byte[300_000], 24);
        ByteBuf unit = unit(new Bomb("window", ZSTD_RUNNING_RESET, 300_000, wide));
        try (LeakChecked memory = new LeakChecked();
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            WireException e =
                    assertThrows(WireException.class, () -> reader.feed(unit, Frame::release));
            assertTrue(e.getMessage().contains("memory"), e.getMessage());
        }
    }

    @Test
    void aBatchOfEqualRequestsIsNoBomb() throws WireException {
        Compression zstd = new Compression(Codec.ZSTD, 3, Compression.Context.BATCH, 0);
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(zstd, LIMITS);
                UnitReader reader = new UnitReader(LIMITS, memory.alloc())) {
            CombinedBatch batch = writer.begin(memory.alloc());
            for (int item = 0; item < 512; item++) {
                var message = Messages.request("POST", "/same", "x".repeat(1000));
                batch.request(CallerIdentity.ANONYMOUS, item, 0, "http", message);
            }
            ByteBuf out = memory.alloc().buffer();
            UnitSizes sizes = writer.write(batch, out);
            assertTrue(sizes.rawBytes() > 100 * sizes.wireBytes(), sizes.toString());
            Receiver received = new Receiver();
            reader.feed(out, received);
            out.release();
            assertEquals(512, received.items.size());
        }
    }

    private static ByteBuf unit(Bomb bomb) {
        ByteBuf unit = Unpooled.directBuffer().writeByte(bomb.flags());
        if ((bomb.flags() & 0x10) != 0) {
            unit.writeByte(0);
        }
        Varint.write(unit, bomb.rawLength());
        Varint.write(unit, bomb.body().readableBytes());
        return unit.writeBytes(bomb.body().duplicate());
    }

    private static byte[] repeat(byte[] bytes, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] running(byte[] bytes, int windowLog) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(1).setWindowLog(windowLog).setContentSize(false);
            ByteBuffer from = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            ByteBuffer to = ByteBuffer.allocateDirect((int) Zstd.compressBound(bytes.length));
            context.compressDirectByteBufferStream(to, from, EndDirective.FLUSH);
            byte[] made = new byte[to.flip().remaining()];
            to.get(made);
            return made;
        }
    }

    private static byte[] http(byte[] bytes) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(3).setMagicless(true).setContentSize(false);
            return context.loadDict(HttpDictionary.writer(3)).compress(bytes);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
