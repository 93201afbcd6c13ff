package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.http.Caller;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Nobody: asks on the proxy's own account and throws the answer away. */
final class SilentCaller implements Caller {
    private final HttpRequest head;
    private final long arrivedNanos;
    private @Nullable Listener listener;
    private boolean replying;

    /** A copy of a request. */
    SilentCaller(OutgoingRequest like, long now) {
        this.head =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1, like.method(), like.uri(), like.headers().copy());
        this.arrivedNanos = now;
    }

    /** Told once how it ended. */
    interface Listener {
        void answered();

        void broken();
    }

    void hears(Listener told) {
        listener = told;
    }

    @Override
    public HttpRequest head() {
        return head;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public boolean replying() {
        return replying;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void reply(FullHttpResponse reply) {
        reply.release();
        if (!replying) {
            replying = true;
            end();
        }
    }

    @Override
    public void begin(HttpResponse reply) {
        replying = true;
    }

    @Override
    public void content(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        piece.release();
        if (last) {
            end();
        }
    }

    @Override
    public void abort() {
        var told = listener;
        listener = null;
        if (told != null) {
            told.broken();
        }
    }

    @Override
    public void readBody(boolean go) {}

    private void end() {
        var told = listener;
        listener = null;
        if (told != null) {
            told.answered();
        }
    }
}
