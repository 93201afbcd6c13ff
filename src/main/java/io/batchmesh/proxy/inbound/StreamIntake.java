package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.Discard;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Supplier;

/** Turns a connection into a stream once the request that asked for it is complete. */
final class StreamIntake extends Discard {
    private final Incoming in;
    private final Supplier<ChannelHandler> stream;

    StreamIntake(Incoming in, Supplier<ChannelHandler> stream) {
        this.in = in;
        this.stream = stream;
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        super.whole(body, trailers);
        var switching =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SWITCHING_PROTOCOLS,
                        Unpooled.EMPTY_BUFFER);
        switching
                .headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, WireProtocol.UPGRADE_TOKEN);
        in.takeOver(switching, stream.get());
    }

    /** An upgrade with a body is none of ours. */
    @Override
    public void streamed() {
        in.abort();
    }
}
