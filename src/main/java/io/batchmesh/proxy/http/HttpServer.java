package io.batchmesh.proxy.http;

import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.tls.ServerTls;
import io.batchmesh.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one listener. Confined to one event loop but for the counts. */
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** How long a connection may be idle between requests. */
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** How long a caller that was refused may still send, so that it sees why. */
    private static final long MAX_LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a request may take to come in without a byte of progress. */
    private static final long MAX_RECEIVE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final RequestHandler handler;
    private final Ticker ticker;
    private final ChannelHandler first;
    private final @Nullable ServerTls tls;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Held> others = ConcurrentHashMap.newKeySet();
    private final List<BegunReply> beginning = new ArrayList<>();
    private volatile boolean finishing;

    /**
     * A server that gives its requests to {@code handler}.
     *
     * @param first comes first in each pipeline
     */
    public HttpServer(RequestHandler handler, Ticker ticker, ChannelHandler first) {
        this(handler, ticker, first, null);
    }

    /**
     * A server whose callers may have to speak TLS.
     *
     * @param tls what they must speak; null for clear text
     */
    public HttpServer(
            RequestHandler handler, Ticker ticker, ChannelHandler first, @Nullable ServerTls tls) {
        this.handler = handler;
        this.ticker = ticker;
        this.first = first;
        this.tls = tls;
    }

    /** Makes a fresh connection one of this server's. */
    public void attach(Channel channel) {
        var pipeline = channel.pipeline();
        pipeline.addLast(first);
        var secured = tls == null ? null : tls.handler(channel.alloc());
        if (tls == null || secured == null) {
            pipeline.addLast(new PrefaceDetector(this));
            speakHttp1(pipeline);
        } else {
            pipeline.addLast(secured, new TlsArrival(this, tls, secured, channel));
        }
    }

    /** Lets a connection that begins with the preface of HTTP/2 speak that. */
    void switchToHttp2(ChannelPipeline pipeline) {
        var connection = pipeline.get(ServerConnection.class);
        pipeline.remove(StrictRequestDecoder.class);
        pipeline.remove(ReplyEncoder.class);
        pipeline.remove(connection);
        closed(connection);
        ServerMultiplex.speak(this, pipeline.channel());
    }

    /** Lets a connection speak HTTP/1.1 from now on. */
    void speakHttp1(ChannelPipeline pipeline) {
        var encoder = new ReplyEncoder();
        pipeline.addLast("decoder", new StrictRequestDecoder());
        pipeline.addLast("encoder", encoder);
        pipeline.addLast("connection", new ServerConnection(this, encoder));
    }

    RequestHandler handler() {
        return handler;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Whether replies tell callers to close. */
    boolean finishing() {
        return finishing;
    }

    void opened(ServerConnection connection) {
        connections.add(connection);
        if (finishing) {
            connection.finish();
        }
    }

    /** The head of an answer is ready: it goes out with its content, or at the end of the turn. */
    void begun(BegunReply reply) {
        if (beginning.isEmpty()) {
            reply.loop().execute(this::turnOver);
        }
        beginning.add(reply);
    }

    private void turnOver() {
        for (int i = 0; i < beginning.size(); i++) {
            beginning.get(i).turnOver();
        }
        beginning.clear();
    }

    void closed(ServerConnection connection) {
        connections.remove(connection);
    }

    void opened(Held connection) {
        others.add(connection);
        if (finishing) {
            connection.finish();
        }
    }

    void closed(Held connection) {
        others.remove(connection);
    }

    void failed(Throwable cause) {
        if (Transport.isBreak(cause)) {
            LOG.debug("a caller's connection broke: {}", cause.getMessage());
        } else {
            LOG.warn("a request failed inside the proxy", cause);
        }
    }

    /** Connections that are open. */
    public int open() {
        return connections.size() + others.size();
    }

    /** From now on each connection closes after the request at hand. On the event loop. */
    public void finish() {
        finishing = true;
        finishOpen();
    }

    /** Each connection that is open now closes after the request at hand. On the event loop. */
    public void finishOpen() {
        List.copyOf(connections).forEach(ServerConnection::finish);
        List.copyOf(others).forEach(Held::finish);
    }

    /** Closes all connections, whatever they do. */
    public void abort() {
        List.copyOf(connections).forEach(c -> c.channel().close());
        List.copyOf(others).forEach(c -> c.channel().close());
    }

    /** Closes connections on which nothing has come for too long. On the event loop. */
    public void sweep() {
        long now = ticker.nanos();
        for (var connection : connections) {
            long most =
                    connection.finished()
                            ? MAX_LINGER_NANOS
                            : connection.idle()
                                    ? MAX_IDLE_NANOS
                                    : connection.receiving() ? MAX_RECEIVE_NANOS : Long.MAX_VALUE;
            boolean over = now - connection.activeNanos() > most;
            if (over) {
                connection.channel().close();
            }
        }
        for (var other : List.copyOf(others)) {
            if (other.overdue(now)) {
                other.finish();
            } else {
                other.sweep(now);
            }
        }
    }
}
