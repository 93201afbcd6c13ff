package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.batchmesh.proxy.wire.BombTest;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bombs against sidecars that run: over a hundred, in little memory and time. */
class BombedSidecarTest {
    private static final long MOST_MEMORY = 16L << 20;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final AtomicReference<byte[]> SEEN = new AtomicReference<>(new byte[0]);
    private static StandInService service;
    private static Sidecar back;
    private static Sidecar front;

    /** A body and the coding that it says it has. */
    private record Coded(String coding, byte[] body) {}

    @BeforeAll
    static void start() throws Exception {
        service = new StandInService(Loops.GROUP, BombedSidecarTest::keep);
        back = Loops.back(service.address());
        front = Loops.front(Loops.to(back, Configs.off()));
        assertEquals(200, post(front.outboundAddress(), "/warm", "a: b\r\n", new byte[9]));
    }

    @AfterAll
    static void stop() {
        front.close();
        back.close();
        service.close();
    }

    private static FullHttpResponse keep(ChannelHandlerContext ctx, FullHttpRequest request) {
        SEEN.set(ByteBufUtil.getBytes(request.content()));
        return StandInService.text(200, "ok");
    }

    private static int post(InetSocketAddress to, String path, String field, byte[] body)
            throws IOException {
        try (var client = new RawClient(to)) {
            client.send(
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: back\r\n"
                            + field
                            + "Content-Length: "
                            + body.length
                            + "\r\n\r\n");
            client.send(body);
            return client.read(false).status();
        }
    }

    private interface Coder {
        OutputStream over(OutputStream to) throws IOException;
    }

    private static byte[] coded(byte[] raw, Coder coder) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var to = coder.over(all)) {
            to.write(raw);
        }
        return all.toByteArray();
    }

    private static List<Coded> coded() throws IOException {
        var zeros = new byte[32 << 20];
        var all = new ArrayList<Coded>();
        for (int nested = 1; nested <= 3; nested++) {
            var gzip = zeros;
            var deflate = zeros;
            var zstd = zeros;
            for (int i = 0; i < nested; i++) {
                gzip = coded(gzip, GZIPOutputStream::new);
                deflate = coded(deflate, DeflaterOutputStream::new);
                zstd = Zstd.compress(zstd, 3);
            }
            for (int members : new int[] {1, 2, 7, 20}) {
                all.add(new Coded(", gzip".repeat(nested).substring(2), repeat(gzip, members)));
                all.add(
                        new Coded(
                                ", deflate".repeat(nested).substring(2), repeat(deflate, members)));
                all.add(new Coded(", zstd".repeat(nested).substring(2), repeat(zstd, members)));
            }
        }
        return all;
    }

    private static byte[] repeat(byte[] bytes, int times) {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @FunctionalInterface
    private interface Blow {
        int status() throws IOException;
    }

    private static int blown(String name, Blow blow) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long heap = threads.getTotalThreadAllocatedBytes();
        long direct = PlatformDependent.usedDirectMemory();
        long begun = System.nanoTime();
        int status = blow.status();
        long took = System.nanoTime() - begun;
        assertTrue(took < MOST_NANOS, name + " took " + took / 1e6 + " ms");
        long used = threads.getTotalThreadAllocatedBytes() - heap;
        assertTrue(used < MOST_MEMORY, name + " took " + used + " bytes of heap");
        long more = PlatformDependent.usedDirectMemory() - direct;
        assertTrue(more < MOST_MEMORY, name + " took " + more + " bytes beside the heap");
        return status;
    }

    @Test
    void batchesThatAreBombsAreRefused() throws IOException {
        var field = "Content-Type: " + WireProtocol.CONTENT_TYPE + "\r\n";
        int number = 0;
        for (var body : BombTest.bodies()) {
            var name = "bomb " + number++;
            var at = back.inboundAddress();
            assertEquals(
                    400, blown(name, () -> post(at, WireProtocol.BATCH_PATH, field, body)), name);
        }
        assertTrue(number >= 70, "only " + number);
    }

    /** A batch is packed by its own units and by nothing else. */
    @Test
    void batchesWithAContentCodingAreRefused() throws IOException {
        for (var bomb : coded()) {
            var field =
                    "Content-Type: %s\r\nContent-Encoding: %s\r\n"
                            .formatted(WireProtocol.CONTENT_TYPE, bomb.coding());
            var at = back.inboundAddress();
            int status =
                    blown(
                            bomb.coding(),
                            () -> post(at, WireProtocol.BATCH_PATH, field, bomb.body()));
            assertEquals(415, status, bomb.coding());
        }
    }

    /** Nothing in the proxy unpacks what is the service's business. */
    @Test
    void requestsWithAContentCodingPassAsTheyAre() throws IOException {
        for (var bomb : coded()) {
            var field = "Content-Encoding: " + bomb.coding() + "\r\n";
            for (var at : List.of(front.outboundAddress(), back.inboundAddress())) {
                assertEquals(200, blown(bomb.coding(), () -> post(at, "/x", field, bomb.body())));
                assertArrayEquals(bomb.body(), SEEN.get(), bomb.coding());
            }
        }
    }
}
