package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.loop.Lane;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;

/** A call that carries one item. */
final class SingleCall extends ServiceCall {
    private final HeldItem item;

    SingleCall(HeldItem item, CallPool service, Lane lane) {
        super(service, lane);
        this.item = item;
        item.carriedBy(this);
    }

    @Override
    FullHttpRequest request() {
        return item.takeRequest();
    }

    @Override
    void answered(Answer answer) {
        item.answer(answer.reply(), answer.tookNanos());
    }

    @Override
    boolean takesParts() {
        return item.takesParts();
    }

    @Override
    AnswerStream begin(FullHttpResponse head, ClientConnection from) {
        return item.begin(head, this, from);
    }

    @Override
    void refused(int status, String reason) {
        item.refuse(status, reason);
    }

    @Override
    void abandon(HeldItem abandoned) {
        abort();
    }
}
