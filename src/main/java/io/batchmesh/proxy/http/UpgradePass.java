package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Schedule;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks to switch to the WebSocket protocol (RFC 6455, section 4; RFC 9110, section
 * 7.8): it is passed on, and when the upstream agrees, all bytes are, both ways, as fast as each
 * side takes them. Confined to the event loop.
 */
public final class UpgradePass implements Intake, Call {
    /** What a request asks for. */
    public enum Asked {
        /** Nothing, or what may be ignored, as RFC 9110 allows: then HTTP/1.1 goes on. */
        NOTHING,
        WEBSOCKET,
        /** A protocol that is not passed on here. */
        OTHER
    }

    /** Told once how it ended. */
    public interface Listener {
        /**
         * It is over.
         *
         * @param code the status that the caller got, or 499 where it went away
         */
        void ended(UpgradePass pass, int code);
    }

    private static final int CALLER_GONE = 499;

    private final Incoming in;
    private final CallPool pool;
    private final Listener listener;
    private final Schedule.Handle timeout;
    private @Nullable ClientConnection connection;
    private io.netty.channel.@Nullable Channel upstream;
    private int code;
    private boolean answered;
    private boolean over;

    /**
     * A request on its way.
     *
     * @param pool connections by HTTP/1.1
     * @param timeoutNanos how long the upstream may take to agree
     */
    public UpgradePass(
            Incoming in, CallPool pool, Lane lane, long timeoutNanos, Listener listener) {
        this.in = in;
        this.pool = pool;
        this.listener = listener;
        this.timeout = lane.schedule().after(timeoutNanos, this::late);
        HopByHop.strip(in.head());
    }

    /** What a request asks for. */
    public static Asked asked(HttpRequest head) {
        var headers = head.headers();
        var token = headers.get(HttpHeaderNames.UPGRADE);
        boolean may =
                headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                        && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (token == null || !may || token.equalsIgnoreCase("h2c")) {
            return Asked.NOTHING;
        }
        boolean socket =
                token.equalsIgnoreCase("websocket") && head.method().equals(HttpMethod.GET);
        return socket ? Asked.WEBSOCKET : Asked.OTHER;
    }

    /** The answer to a request for a protocol that is not passed on. */
    public static Problem refusal(HttpRequest head, @Nullable String link) {
        var token = head.headers().get(HttpHeaderNames.UPGRADE, "");
        var shown = token.length() > 64 ? token.substring(0, 64) : token;
        return new Problem(
                501, "no-such-upgrade", "only websocket is passed on, not '" + shown + "'", link);
    }

    @Override
    public int wholeLimit() {
        return 0;
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        body.release();
        pool.submit(this);
    }

    @Override
    public void streamed() {
        refuse(501, "an upgrade with a body is not passed on");
    }

    @Override
    public void content(HttpContent piece) {
        if (in.replying() && !over) {
            take(piece);
        } else {
            piece.release();
        }
    }

    private void take(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        in.content(piece);
        if (!last && connection != null && !in.writable()) {
            connection.read(false);
        }
        answered |= last;
    }

    @Override
    public void connected(ClientConnection ready) {
        connection = ready;
        var head = in.head();
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        head.method(),
                        head.uri(),
                        Unpooled.EMPTY_BUFFER,
                        head.headers(),
                        io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE);
        switching(request.headers());
        ready.send(request);
    }

    private static void switching(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }

    @Override
    public boolean switched(HttpResponse head, ClientConnection by) {
        var token = head.headers().get(HttpHeaderNames.UPGRADE, "");
        if (over || !token.equalsIgnoreCase("websocket")) {
            return false;
        }
        timeout.cancel();
        answered = true;
        code = HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        HopByHop.strip(head);
        var agreed =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SWITCHING_PROTOCOLS,
                        Unpooled.EMPTY_BUFFER,
                        head.headers(),
                        io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE);
        switching(agreed.headers());
        var caller = in.channel();
        // The answer first: what the upstream sends behind it must not overtake it.
        in.takeOver(agreed, new ByteRelay(by.channel(), this::end));
        upstream = by.channel();
        by.takeOver(new ByteRelay(caller, this::end));
        caller.config().setAutoRead(true);
        return true;
    }

    @Override
    public void head(HttpResponse head) {
        timeout.cancel();
        code = head.status().code();
        HopByHop.strip(head);
        in.begin(head);
    }

    @Override
    public void failed(CallFailure failure) {
        connection = null;
        refuse(
                failure.kind() == CallFailure.Kind.OVERFLOW ? 503 : 502,
                "no protocol was switched: " + failure.detail());
    }

    private void late() {
        var busy = connection;
        connection = null;
        if (busy == null) {
            pool.withdraw(this);
        } else {
            busy.abort();
        }
        refuse(504, "the upstream did not agree in time");
    }

    private void refuse(int status, String why) {
        answered = true;
        if (in.replying()) {
            in.abort();
        } else {
            code = status;
            in.reply(new Problem(status, "upgrade-failure", why, null).reply());
        }
    }

    @Override
    public void writable() {
        if (connection != null && !answered) {
            connection.read(true);
        }
    }

    @Override
    public void replied(long nanos) {
        end();
    }

    @Override
    public void cancelled() {
        if (!answered) {
            code = CALLER_GONE;
            if (connection == null) {
                pool.withdraw(this);
            } else {
                connection.abort();
            }
        }
        end();
    }

    /** Breaks it off. */
    public void abort() {
        if (upstream != null) {
            upstream.close();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            timeout.cancel();
            listener.ended(this, code);
        }
    }
}
