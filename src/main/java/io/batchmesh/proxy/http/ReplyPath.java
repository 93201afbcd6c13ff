package io.batchmesh.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** The way back to a caller: a connection of HTTP/1.1, or a stream of HTTP/2. */
interface ReplyPath {
    /** Bids a caller that asked first to go on with the body (RFC 9110, section 10.1.1). */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** Something before the answer. */
    default void interim(HttpResponse head) {
        HopByHop.strip(head);
        channel()
                .writeAndFlush(
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                head.status(),
                                Unpooled.EMPTY_BUFFER,
                                head.headers(),
                                EmptyHttpHeaders.INSTANCE));
    }

    Channel channel();

    /** Whether the request is the one at hand and can still be answered. */
    boolean isCurrent(Incoming request);

    void reply(FullHttpResponse reply);

    void begin(HttpResponse reply);

    void content(Incoming request, HttpContent piece);

    void abort(Incoming request);

    void readBody(Incoming request, boolean go);

    void takeOver(FullHttpResponse switching, ChannelHandler handler);
}
