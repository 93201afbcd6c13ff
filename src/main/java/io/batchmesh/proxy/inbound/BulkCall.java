package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.Timeouts;
import io.batchmesh.proxy.loop.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/** A call that carries several items, a line each, and gets a line back for each. */
final class BulkCall extends ServiceCall {
    private final ByteBufAllocator alloc;
    private final List<HeldItem> items;
    private final List<HeldItem> carried = new ArrayList<>();

    BulkCall(List<HeldItem> items, CallPool service, Lane lane) {
        super(service, lane);
        this.alloc = lane.alloc();
        this.items = items;
        items.forEach(item -> item.carriedBy(this));
    }

    @Override
    FullHttpRequest request() {
        var lines = alloc.buffer();
        String target = "/";
        var headers = EmptyHttpHeaders.INSTANCE.copy();
        for (var item : items) {
            if (item.settled()) {
                continue;
            }
            var request = item.takeRequest();
            var content = request.content();
            lines.writeBytes(content, content.readerIndex(), content.readableBytes());
            if (lines.getByte(lines.writerIndex() - 1) != '\n') {
                lines.writeByte('\n');
            }
            if (carried.isEmpty()) {
                target = request.uri();
                headers = request.headers().copy();
            }
            carried.add(item);
            request.release();
        }
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, lines.readableBytes());
        Timeouts.remove(headers);
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                target,
                lines,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    @Override
    void answered(Answer answer) {
        try {
            if (answer.status().code() / 100 == 2) {
                split(answer);
            } else {
                carried.forEach(item ->
                        item.answer(
                                copy(answer, answer.body().retainedDuplicate()),
                                answer.tookNanos()));
            }
        } finally {
            answer.body().release();
        }
    }

    private void split(Answer answer) {
        var lines = lines(answer.body());
        if (lines.size() != carried.size()) {
            var reason =
                    "the service answered %d lines to %d".formatted(lines.size(), carried.size());
            carried.forEach(item -> item.refuse(502, reason));
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            carried.get(i).answer(copy(answer, lines.get(i).retain()), answer.tookNanos());
        }
    }

    /** The lines without their ends, sharing the memory. */
    private static List<ByteBuf> lines(ByteBuf body) {
        var lines = new ArrayList<ByteBuf>();
        int at = body.readerIndex();
        while (at < body.writerIndex()) {
            int end = body.indexOf(at, body.writerIndex(), (byte) '\n');
            int stop = end < 0 ? body.writerIndex() : end;
            lines.add(body.slice(at, stop - at));
            at = stop + 1;
        }
        return lines;
    }

    private static io.netty.handler.codec.http.DefaultFullHttpResponse copy(
            Answer answer, ByteBuf body) {
        var headers = answer.headers().copy();
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return new Answer(answer.status(), headers, body, answer.trailers(), answer.tookNanos())
                .reply();
    }

    @Override
    void refused(int status, String reason) {
        items.forEach(item -> item.refuse(status, reason));
    }

    @Override
    void abandon(HeldItem item) {
        if (items.stream().allMatch(HeldItem::settled)) {
            abort();
        }
    }
}
