package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
    @ParameterizedTest
    @CsvSource({
        "c2197c5eff14e88c, 151288809941952652",
        "9d7f3e7d,         494878333",
        "7bbd,             15293",
        "25,               37",
        "4025,             37"
    })
    void theExamplesOfRfc9000AppendixA1AreRead(String hex, long value) throws WireException {
        ByteBuf bytes = RfcExamples.bytes(hex);
        assertEquals(value, Varint.read(bytes, bytes.writerIndex(), "value"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 64, 16_383, 16_384, 1 << 30, (1 << 30) - 1, Varint.MAX})
    void aValueComesOutOfItsLeastLength(long value) {
        ByteBuf bytes = Unpooled.buffer();
        Varint.write(bytes, value);
        assertEquals(Varint.size(value), bytes.readableBytes());
        for (int length = 0; length < bytes.readableBytes(); length++) {
            ByteBuf cut = bytes.slice(0, length);
            assertEquals(Varint.INCOMPLETE, Varint.tryRead(cut), ByteBufUtil.hexDump(cut));
            assertEquals(length, cut.readableBytes(), "nothing was read");
        }
        assertEquals(value, Varint.tryRead(bytes));
    }

    @Test
    void whatDoesNotFitIsABug() {
        ByteBuf out = Unpooled.buffer();
        assertThrows(IllegalArgumentException.class, () -> Varint.write(out, -1));
        assertThrows(IllegalArgumentException.class, () -> Varint.write(out, Varint.MAX + 1));
    }

    @Test
    void aValueAcrossTheEndOfItsFrameIsTruncated() {
        ByteBuf bytes = RfcExamples.bytes("7bbd");
        assertThrows(WireException.class, () -> Varint.read(bytes, 1, "value"));
        assertThrows(WireException.class, () -> Varint.read(bytes, 0, "value"));
    }
}
