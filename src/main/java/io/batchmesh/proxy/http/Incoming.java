package io.batchmesh.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/** One request that came in, and the way to answer it. Used on its event loop only. */
public final class Incoming implements Caller {
    private final ReplyPath connection;
    private final HttpRequest head;
    private final long arrivedNanos;
    private boolean replying;

    Incoming(ReplyPath connection, HttpRequest head, long arrivedNanos) {
        this.connection = connection;
        this.head = head;
        this.arrivedNanos = arrivedNanos;
    }

    @Override
    public HttpRequest head() {
        return head;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** The connection it came by. */
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public boolean replying() {
        return replying;
    }

    @Override
    public boolean writable() {
        return connection.channel().isWritable();
    }

    @Override
    public void interim(HttpResponse head) {
        boolean hears = !head().protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (hears && !replying && connection.isCurrent(this)) {
            connection.interim(head);
        }
    }

    @Override
    public void reply(FullHttpResponse reply) {
        if (begins()) {
            connection.reply(reply);
        } else {
            reply.release();
        }
    }

    @Override
    public void begin(HttpResponse reply) {
        if (begins()) {
            connection.begin(reply);
        }
    }

    @Override
    public void content(HttpContent piece) {
        connection.content(this, piece);
    }

    @Override
    public void abort() {
        connection.abort(this);
    }

    @Override
    public void readBody(boolean go) {
        connection.readBody(this, go);
    }

    /**
     * Answers with 101 and takes the connection away from HTTP. Only once the request is complete.
     *
     * @param switching the answer
     * @param handler gets all bytes that follow
     */
    public void takeOver(FullHttpResponse switching, ChannelHandler handler) {
        if (begins()) {
            connection.takeOver(switching, handler);
        } else {
            switching.release();
        }
    }

    private boolean begins() {
        if (replying || !connection.isCurrent(this)) {
            return false;
        }
        replying = true;
        return true;
    }
}
