package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.http.Call;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.upstream.Endpoint;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Sends a request as a plain HTTP/1.1 request over a pooled connection. */
final class PlainAttempt implements Attempt, Call {
    private final Tries tries;
    private final Endpoint endpoint;
    private final Deque<HttpContent> early = new ArrayDeque<>();
    private @Nullable ClientConnection connection;
    private boolean over;

    PlainAttempt(Tries tries, Endpoint endpoint) {
        this.tries = tries;
        this.endpoint = endpoint;
    }

    @Override
    public void start() {
        early.addAll(tries.request().kept());
        endpoint.pool().submit(this);
    }

    @Override
    public void connected(ClientConnection ready) {
        connection = ready;
        if (!tries.request().streamed()) {
            ready.send(tries.request().whole());
            return;
        }
        ready.send(tries.request().streamedHead());
        while (!early.isEmpty()) {
            ready.send(early.remove());
        }
        if (tries.request().headers().contains(HttpHeaderNames.EXPECT)) {
            // Its content waits for an answer to the head.
            ready.flush();
        }
        tries.readBody(ready.writable());
    }

    @Override
    public void interim(HttpResponse head) {
        if (!over) {
            tries.interim(head);
        }
    }

    @Override
    public void send(HttpContent piece) {
        if (over) {
            piece.release();
        } else if (connection == null) {
            early.add(piece);
            tries.readBody(false);
        } else {
            connection.send(piece);
            if (!connection.writable()) {
                tries.readBody(false);
            }
        }
    }

    @Override
    public void content(HttpContent piece) {
        if (over) {
            piece.release();
            return;
        }
        boolean last = piece instanceof LastHttpContent;
        over = last;
        tries.received(piece);
        if (!last && connection != null && !tries.callerTakes()) {
            connection.read(false);
        }
    }

    @Override
    public void head(HttpResponse head) {
        if (!tries.head(head)) {
            abort();
        }
    }

    @Override
    public void failed(CallFailure failure) {
        if (!over) {
            over = true;
            drop();
            tries.failed(failure);
        }
    }

    @Override
    public void writable() {
        tries.readBody(true);
    }

    @Override
    public void callerWritable() {
        if (connection != null && !over) {
            connection.read(true);
        }
    }

    @Override
    public void cancel() {
        if (connection == null) {
            endpoint.pool().withdraw(this);
        }
        abort();
    }

    private void abort() {
        if (!over) {
            over = true;
            drop();
            if (connection != null) {
                connection.abort();
            }
        }
    }

    private void drop() {
        early.forEach(HttpContent::release);
        early.clear();
    }
}
