package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Any bytes at all as a stream of batches: they are frames or a {@link WireException}, the split
 * into reads does not matter, memory stays bounded and all of it is given back.
 */
class UnitReaderJazzerTest {
    private static final long MOST_MEMORY = 16L << 20;

    @FuzzTest(maxDuration = "5m")
    void bytesAreFramesOrRefused(byte[] bytes) {
        var whole = read(bytes, Math.max(1, bytes.length));
        assertEquals(whole, read(bytes, 1), "read byte by byte");
        assertEquals(whole, read(bytes, 13), "read in thirteens");
    }

    private static List<String> read(byte[] bytes, int each) {
        var found = new ArrayList<String>();
        try (var memory = new LeakChecked();
                var reader = new UnitReader(WireLimits.DEFAULT, memory.alloc())) {
            try {
                for (int at = 0; at < bytes.length; at += each) {
                    int size = Math.min(each, bytes.length - at);
                    reader.feed(Unpooled.wrappedBuffer(bytes, at, size), f -> take(f, found));
                }
            } catch (WireException e) {
                found.add("refused");
            }
            assertTrue(memory.peakBytes() <= MOST_MEMORY, "peak " + memory.peakBytes());
        }
        return found;
    }

    private static void take(Frame frame, List<String> found) {
        try {
            switch (frame) {
                case Frame.Request request -> {
                    var read = BinaryHttp.decodeRequest(request.message(), WireLimits.DEFAULT);
                    found.add(read.message().method() + " " + read.message().uri());
                    read.message().release();
                }
                case Frame.Response response -> {
                    var read = BinaryHttp.decodeResponse(response.message(), WireLimits.DEFAULT);
                    found.add(read.status() + " " + read.content().readableBytes());
                    read.release();
                }
                default -> found.add(frame.toString());
            }
        } catch (WireException e) {
            found.add("a bad message");
        } finally {
            frame.release();
        }
    }
}
