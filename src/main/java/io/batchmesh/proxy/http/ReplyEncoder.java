package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes replies; knows whether the request at hand was HEAD, whose reply has no content. */
final class ReplyEncoder extends HttpResponseEncoder {
    private boolean head;

    /** Says whether the next reply answers HEAD. */
    void answersHead(boolean yes) {
        head = yes;
    }

    boolean answersHead() {
        return head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse reply) {
        return (head && reply.status().code() >= 200) || super.isContentAlwaysEmpty(reply);
    }
}
