package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpDictionaryTest {
    private static final Compression ALONE =
            new Compression(Codec.ZSTD, 3, Compression.Context.BATCH, 0);

    @Test
    @DisplayName("The dictionary of codec 3 is the one that peers know; another is another codec")
    void itIsTheOneThatPeersKnow() throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(HttpDictionary.bytes());
        assertEquals(
                "8ded8a2438db01d1c6e27c76345df362d5bb60d04adb73fc410e2bc030e26e8a",
                HexFormat.of().formatHex(hash));
        assertTrue(HttpDictionary.bytes().length < 8 << 10);
    }

    @Test
    void aLoneRequestShrinksByWhatBothEndsKnow() throws Exception {
        try (LeakChecked memory = new LeakChecked();
                UnitWriter writer = new UnitWriter(ALONE, WireLimits.DEFAULT);
                UnitReader reader = new UnitReader(WireLimits.DEFAULT, memory.alloc())) {
            var message = Messages.request("GET", "/orders/17", "");
            message.headers()
                    .set("accept", "application/json")
                    .set("accept-encoding", "gzip")
                    .set("x-request-id", "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d")
                    .set("forwarded", "for=127.0.0.1;proto=http;host=orders")
                    .set("via", "1.1 batchmesh");
            CombinedBatch batch = writer.begin(memory.alloc());
            batch.request(CallerIdentity.ANONYMOUS, 1, 0, "http", message);
            ByteBuf out = memory.alloc().directBuffer();
            UnitSizes sizes = writer.write(batch, out);
            var header =
                    Objects.requireNonNull(UnitHeader.tryRead(out.duplicate(), WireLimits.DEFAULT));
            assertEquals(Codec.ZSTD_HTTP, header.codec());
            assertTrue(3 * sizes.wireBytes() < 2 * sizes.rawBytes(), sizes.toString());
            Receiver received = new Receiver();
            reader.feed(out, received);
            out.release();
            assertNotNull(received.items.get(1L));
        }
    }
}
