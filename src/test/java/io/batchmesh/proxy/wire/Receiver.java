package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Decodes what it gets, keeps its text, and releases it. */
final class Receiver implements Consumer<Frame> {
    final Map<Long, String> items = new HashMap<>();
    final List<String> control = new ArrayList<>();

    @Override
    public void accept(Frame frame) {
        try {
            switch (frame) {
                case Frame.Request r -> {
                    BinaryHttp.Request message =
                            BinaryHttp.decodeRequest(r.message(), WireLimits.DEFAULT);
                    String prefix = r.timeoutMillis() + " " + message.scheme() + " ";
                    keep(r.item(), prefix, message.message());
                }
                case Frame.Response r ->
                        keep(
                                r.item(),
                                r.report() + " ",
                                BinaryHttp.decodeResponse(r.message(), WireLimits.DEFAULT));
                default -> control.add(frame.toString());
            }
        } catch (WireException e) {
            throw new AssertionError(e.getMessage(), e);
        } finally {
            frame.release();
        }
    }

    private void keep(long item, String prefix, FullHttpMessage message) {
        String before = items.put(item, prefix + Messages.text(message));
        message.release();
        if (before != null) {
            throw new AssertionError("item " + item + " came twice");
        }
    }

    /** Feeds a buffer in random pieces, each in memory of its own, as a socket would. */
    void feedInPieces(UnitReader reader, ByteBuf in, SplittableRandom random) throws WireException {
        while (in.isReadable()) {
            int most = random.nextInt(4) == 0 ? 3 : 5_000;
            int length = Math.min(in.readableBytes(), random.nextInt(1, most));
            ByteBuf piece =
                    random.nextBoolean()
                            ? in.alloc().directBuffer(length)
                            : in.alloc().heapBuffer(length);
            try {
                reader.feed(piece.writeBytes(in, length), this);
            } finally {
                piece.release();
            }
        }
    }
}
