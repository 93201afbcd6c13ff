package io.batchmesh.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to an upstream by HTTP/2; each call is a stream of it. */
final class ClientMultiplex extends ChannelInboundHandlerAdapter implements ConnectionOwner {
    private static final Logger LOG = LoggerFactory.getLogger(ClientMultiplex.class);

    private final MultiplexPool pool;
    private final Channel channel;
    private final Set<ClientConnection> streams = new HashSet<>();
    private int active;
    private long room;
    private boolean used;
    private boolean ready;
    private boolean leaving;
    private long idleSince;

    private ClientMultiplex(MultiplexPool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
        this.idleSince = pool.nanos();
    }

    /** Lets a fresh connection speak HTTP/2. */
    static ClientMultiplex speak(MultiplexPool pool, Channel channel) {
        var multiplex = new ClientMultiplex(pool, channel);
        // Nothing is pushed to us.
        var none =
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.close();
                    }
                };
        channel.pipeline()
                .addLast(Http2Limits.client(), new Http2MultiplexHandler(none), multiplex);
        return multiplex;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        int more = Http2Limits.CONNECTION_WINDOW - Http2Limits.FIRST_WINDOW;
        ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(more));
    }

    boolean isReady() {
        return ready;
    }

    /** Whether another call may begin. */
    boolean hasRoom() {
        return ready && !leaving && active < room && channel.isActive();
    }

    boolean isIdle() {
        return active == 0;
    }

    long idleSince() {
        return idleSince;
    }

    void start(Call call) {
        boolean reused = used;
        used = true;
        active++;
        new Http2StreamChannelBootstrap(channel)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                init(stream, reused);
                            }
                        })
                .open()
                .addListener((Future<Http2StreamChannel> f) -> opened(f, call));
    }

    private void init(Channel stream, boolean reused) {
        var connection = new ClientConnection(this, stream, reused);
        stream.pipeline()
                .addLast(
                        new Http2StreamFrameToHttpObjectCodec(false, true),
                        new ClientStream(connection),
                        connection);
    }

    private void opened(Future<Http2StreamChannel> future, Call call) {
        var connection =
                future.isSuccess() ? future.getNow().pipeline().get(ClientConnection.class) : null;
        if (connection == null) {
            active--;
            leave();
            call.failed(
                    new CallFailure(
                            CallFailure.Kind.CONNECT, "no stream can be opened any more", false));
            return;
        }
        streams.add(connection);
        connection.start(call);
    }

    @Override
    public void release(ClientConnection connection) {
        connection.close();
    }

    @Override
    public void closed(ClientConnection connection) {
        if (streams.remove(connection)) {
            active--;
            idleSince = pool.nanos();
            closeIfDone();
            pool.roomMade();
        }
    }

    /** Takes no further calls; closes when those at hand are over. */
    void leave() {
        leaving = true;
        closeIfDone();
    }

    private void closeIfDone() {
        if (leaving && active == 0) {
            channel.close();
        }
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2SettingsFrame frame) {
                var most = frame.settings().maxConcurrentStreams();
                if (most != null || !ready) {
                    room = Math.min(most == null ? Integer.MAX_VALUE : most, MultiplexPool.MOST);
                }
                if (!ready) {
                    ready = true;
                    pool.ready(this);
                }
                pool.roomMade();
            } else if (message instanceof Http2GoAwayFrame) {
                leave();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leaving = true;
        pool.closed(this, "the upstream closed the connection before it spoke HTTP/2");
        List.copyOf(streams).forEach(ClientConnection::close);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2Exception) {
            LOG.warn("{} breaks HTTP/2: {}", channel.remoteAddress(), cause.getMessage());
            pool.closed(this, "the upstream does not speak HTTP/2: " + cause.getMessage());
        } else {
            LOG.debug("a connection by HTTP/2 broke: {}", cause.getMessage());
            pool.closed(this, "the connection broke: " + CallFailure.why(cause));
        }
        ctx.close();
    }
}
