package io.batchmesh.proxy.upstream;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.proxy.http.Call;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PackingHeader;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch as one {@code POST /batch}; its answers are taken as they come in. */
final class BatchPost implements Call {
    private final PeerStream owner;
    private final CallPool pool;
    private final LongObjectMap<StreamItem> flights = new LongObjectHashMap<>();
    private final UnitReader reader;
    private @Nullable ByteBuf body;
    private @Nullable ClientConnection connection;
    private boolean over;
    private long lastNumber;

    BatchPost(PeerStream owner, CallPool pool) {
        this.owner = owner;
        this.pool = pool;
        this.reader = new UnitReader(WireLimits.DEFAULT, owner.lane().alloc());
    }

    void send(List<StreamItem> items, FlushReason reason) {
        var alloc = owner.lane().alloc();
        var bytes = alloc.buffer();
        try (var writer = new UnitWriter(alone(owner.compression()), WireLimits.DEFAULT)) {
            var packer = new FramePacker(writer, alloc, owner.lane().ticker());
            var sent = packer.combine(items, () -> ++lastNumber);
            sent.forEach(item -> flights.put(item.number, item));
            var sizes =
                    packer.pack(unit -> {
                        bytes.writeBytes(unit);
                        unit.release();
                    });
            owner.sent(sizes);
            var times = packer.times(reason);
            sent.forEach(item -> item.sent(times));
            body = bytes;
            if (sent.isEmpty()) {
                close();
            } else {
                pool.submit(this);
            }
            packer.unsuitable();
        }
    }

    /** Bodies come by different connections, so none may go on where another ended. */
    private static Compression alone(Compression wanted) {
        return wanted.codec() == Codec.NONE
                ? wanted
                : new Compression(
                        wanted.codec(),
                        wanted.level(),
                        Compression.Context.BATCH,
                        wanted.minBytes());
    }

    @Override
    public void connected(ClientConnection ready) {
        connection = ready;
        var bytes = body;
        if (bytes == null) {
            throw new IllegalStateException("connected twice");
        }
        body = null;
        var post =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, WireProtocol.BATCH_PATH, bytes);
        post.headers()
                .set(HttpHeaderNames.HOST, "batchmesh")
                .set(HttpHeaderNames.CONTENT_TYPE, WireProtocol.CONTENT_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes());
        PackingHeader.write(alone(owner.compression()), post.headers());
        ready.send(post);
    }

    @Override
    public void head(HttpResponse head) {
        var type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (head.status().code() != 200 || !WireProtocol.CONTENT_TYPE.equals(type)) {
            abort("the peer takes no batches: status " + head.status().code());
        }
    }

    @Override
    public void content(HttpContent piece) {
        try {
            if (!over) {
                reader.feed(piece.content(), this::received);
                if (piece instanceof LastHttpContent) {
                    reader.end();
                    end(new CallFailure(CallFailure.Kind.PROTOCOL, "no reply in it", false));
                }
            }
        } catch (WireException e) {
            abort("the peer's reply is malformed: " + e.getMessage());
        } finally {
            piece.release();
        }
    }

    private void received(Frame frame) {
        switch (frame) {
            case Frame.Response response ->
                    Replies.deliver(flights.remove(response.item()), response);
            case Frame.Failure failure -> {
                var item = flights.remove(failure.item());
                if (item != null) {
                    item.refused(failure.status(), failure.reason());
                }
            }
            default -> frame.release();
        }
    }

    private void abort(String detail) {
        if (connection != null) {
            connection.abort();
        }
        end(new CallFailure(CallFailure.Kind.PROTOCOL, detail, false));
    }

    @Override
    public void failed(CallFailure failure) {
        end(failure);
    }

    private void end(CallFailure failure) {
        if (over) {
            return;
        }
        close();
        var lost = List.copyOf(flights.values());
        flights.clear();
        lost.forEach(item -> item.failed(failure));
    }

    private void close() {
        over = true;
        owner.meters().wire().received(reader.rawBytes(), reader.wireBytes());
        reader.close();
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
