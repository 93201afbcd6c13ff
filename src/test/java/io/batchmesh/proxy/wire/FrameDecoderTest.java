package io.batchmesh.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.proxy.wire.WireException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDecoderTest {
    private static final WireLimits LIMITS = WireLimits.DEFAULT;

    static Stream<Frame> frames() {
        return Stream.of(
                new Frame.Request(7, 250, Unpooled.wrappedBuffer(new byte[] {1, 2, 3})),
                new Frame.Request(Varint.MAX, 0, Unpooled.EMPTY_BUFFER),
                new Frame.Response(
                        9, new PeerReport(1_000_000, 70_000), Unpooled.wrappedBuffer(new byte[99])),
                new Frame.Cancel(1),
                new Frame.Credit(64, 1 << 20),
                new Frame.Credit(7, 0, 1 << 16),
                new Frame.AnswerHead(
                        9, new PeerReport(1_000, 70), Unpooled.wrappedBuffer(new byte[9])),
                new Frame.AnswerPart(9, Unpooled.wrappedBuffer(new byte[] {1, 2, 3})),
                new Frame.AnswerPart(9, Unpooled.EMPTY_BUFFER),
                new Frame.AnswerEnd(9, PeerReport.NONE, Unpooled.wrappedBuffer(new byte[] {0})),
                new Frame.Ping(12, false),
                new Frame.Ping(12, true),
                new Frame.GoAway(0),
                new Frame.Failure(3, 504, "zu spät"),
                new Frame.Failure(3, 599, ""));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameComesOutOfEverySplit(Frame frame) throws WireException {
        ByteBuf bytes = Unpooled.buffer();
        new FrameEncoder(LIMITS).encode(bytes, frame);
        for (int split = 0; split <= bytes.readableBytes(); split++) {
            try (LeakChecked memory = new LeakChecked();
                    FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
                List<Frame> read = new ArrayList<>();
                decoder.feed(bytes.slice(0, split), read::add);
                boolean inside = split > 0 && split < bytes.readableBytes();
                assertEquals(!inside, decoder.atBoundary());
                decoder.feed(bytes.slice(split, bytes.readableBytes() - split), read::add);
                decoder.end();
                assertEquals(List.of(frame), read);
                read.forEach(Frame::release);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void anEndInsideAFrameIsTruncated(Frame frame) throws WireException {
        ByteBuf bytes = Unpooled.buffer();
        new FrameEncoder(LIMITS).encode(bytes, frame);
        for (int length = 1; length < bytes.readableBytes(); length++) {
            try (LeakChecked memory = new LeakChecked();
                    FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
                decoder.feed(bytes.slice(0, length), read -> assertEquals(frame, read));
                WireException e = assertThrows(WireException.class, decoder::end);
                assertEquals(Fault.TRUNCATED, e.fault());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    01 05 00             | TRUNCATED | frame 1 (type 1, item 5): timeout is cut off: a varint must follow
                    01 05 01 40          | TRUNCATED | frame 1 (type 1, item 5): timeout is cut off: a varint must follow
                    02 05 01 00          | TRUNCATED | frame 1 (type 2, item 5): service time is cut off: a varint must follow
                    03 05 01 00          | MALFORMED | frame 1 (type 3, item 5): 1 payload bytes too many for this type
                    04 00 03 00 00 00    | MALFORMED | frame 1 (type 4, item 0): 1 payload bytes too many for this type
                    05 00 00             | MALFORMED | frame 1 (type 5, item 0): payload must be one byte, 0 or 1
                    05 00 01 02          | MALFORMED | frame 1 (type 5, item 0): payload must be one byte, 0 or 1
                    06 00 01 02          | MALFORMED | frame 1 (type 6, item 0): 1 payload bytes too many for this type
                    07 01 02 40c8        | MALFORMED | frame 1 (type 7, item 1): status must be 400 to 599, not 200
                    03 05 00 03 01 01 00 | MALFORMED | frame 2 (type 3, item 1): 1 payload bytes too many for this type
                    0a 05 01 00          | TRUNCATED | frame 1 (type 10, item 5): service time is cut off: a varint must follow
                    0c 05 00             | TRUNCATED | frame 1 (type 12, item 5): held time is cut off: a varint must follow
                    01 05 bfffffff       | TOO_LARGE | frame 1: payload of 1073741823 bytes is over the limit of 4194304
                    """)
    void whatIsMalformedIsRefusedWithItsPlace(String hex, Fault fault, String message) {
        try (LeakChecked memory = new LeakChecked();
                FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
            ByteBuf bytes = RfcExamples.bytes(hex);
            WireException e =
                    assertThrows(WireException.class, () -> decoder.feed(bytes, Frame::release));
            assertEquals(message, e.getMessage());
            assertEquals(fault, e.fault());
        }
    }

    @Test
    void framesOfUnknownTypesAreSkipped() throws WireException {
        try (LeakChecked memory = new LeakChecked();
                FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
            List<Frame> read = new ArrayList<>();
            String huge = "ffffffffffffffff";
            decoder.feed(
                    RfcExamples.bytes("0d 00 02 ffff 00 00 00" + huge + "0001ff 03 05 00"),
                    read::add);
            assertEquals(List.of(new Frame.Cancel(5)), read);
        }
    }

    @Test
    void aPayloadOfTheLimitPassesAndOneByteMoreDoesNot() throws WireException {
        WireLimits limits = new WireLimits(1000, 2000, 10, 100, 10, 100);
        FrameEncoder encoder = new FrameEncoder(limits);
        ByteBuf out = Unpooled.buffer();
        Frame fits = new Frame.Request(1, 0, Unpooled.wrappedBuffer(new byte[999]));
        Frame tooLong = new Frame.Request(2, 0, Unpooled.wrappedBuffer(new byte[1000]));
        encoder.encode(out, fits);
        int length = out.readableBytes();
        WireException e = assertThrows(WireException.class, () -> encoder.encode(out, tooLong));
        assertEquals(Fault.TOO_LARGE, e.fault());
        assertEquals(length, out.readableBytes());
        try (LeakChecked memory = new LeakChecked();
                FrameDecoder decoder = new FrameDecoder(limits, memory.alloc())) {
            decoder.feed(out.duplicate(), read -> assertEquals(fits, read));
            assertTrue(decoder.atBoundary());
            ByteBuf more = RfcExamples.bytes("01 02 43e9");
            assertThrows(WireException.class, () -> decoder.feed(more, read -> {}));
        }
    }

    @Test
    void lengthsThatNeedMoreRoomThanExpectedAreWritten() throws WireException {
        FrameEncoder encoder = new FrameEncoder(LIMITS);
        for (int header : List.of(1, 8_000, 16_000)) {
            for (int content : List.of(0, 380, 8_191, 8_192, 20_000)) {
                ByteBuf out = Unpooled.buffer();
                var message = Messages.request("POST", "/", "c".repeat(content));
                message.headers().set("x", "h".repeat(header));
                encoder.request(out, 1, 0, "http", message);
                Receiver received = new Receiver();
                try (LeakChecked memory = new LeakChecked();
                        FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
                    decoder.feed(out, received);
                }
                assertEquals("0 http " + Messages.text(message), received.items.get(1L));
            }
        }
    }

    @Test
    void aReasonThatIsTooLongIsCutAtACharacter() throws WireException {
        ByteBuf out = Unpooled.buffer();
        String reason = "x" + "😀".repeat(600);
        new FrameEncoder(LIMITS).encode(out, new Frame.Failure(1, 503, reason));
        try (LeakChecked memory = new LeakChecked();
                FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc())) {
            decoder.feed(
                    out,
                    read -> {
                        String cut = ((Frame.Failure) read).reason();
                        assertTrue(reason.startsWith(cut), cut);
                        assertFalse(cut.length() < 300, cut);
                    });
        }
    }

    @Test
    void aDecoderClosedByItsOwnSinkStops() throws WireException {
        try (LeakChecked memory = new LeakChecked()) {
            FrameDecoder decoder = new FrameDecoder(LIMITS, memory.alloc());
            List<Frame> read = new ArrayList<>();
            ByteBuf bytes = RfcExamples.bytes("03 05 00 03 06 00 01");
            decoder.feed(
                    bytes,
                    frame -> {
                        read.add(frame);
                        decoder.close();
                    });
            assertEquals(List.of(new Frame.Cancel(5)), read);
            assertFalse(bytes.isReadable());
        }
    }
}
