package io.batchmesh.proxy;

import io.batchmesh.config.HostPort;
import io.batchmesh.proxy.http.HttpServer;
import io.batchmesh.proxy.http.RequestHandler;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A bound address with the server behind it. */
final class Listener {
    private static final long BIND_SECONDS = 10;

    private final String wanted;
    private final Channel channel;
    private final HttpServer server;

    private Listener(String wanted, Channel channel, HttpServer server) {
        this.wanted = wanted;
        this.channel = channel;
        this.server = server;
    }

    /**
     * Binds an address; not on an event loop, since it waits.
     *
     * @throws IOException when it cannot be bound
     */
    static Listener bind(Lane lane, String address, RequestHandler handler, ServerTls tls)
            throws IOException {
        var parsed = HostPort.parse(address);
        if (parsed == null) {
            throw new IOException("'" + address + "' is no address; write host:port");
        }
        var server = new HttpServer(handler, lane.ticker(), lane.busyHandler(), tls);
        var future =
                lane.transport()
                        .server(lane.loop())
                        .childHandler(new Attach(server))
                        .bind(parsed.socketAddress());
        if (!future.awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS)) {
            future.addListener(f -> future.channel().close());
            throw new IOException(address + " could not be bound in " + BIND_SECONDS + " s");
        }
        if (!future.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + future.cause().getMessage(),
                    future.cause());
        }
        return new Listener(address, future.channel(), server);
    }

    /** Why an address cannot be bound now; null when it can, or is any free port. */
    static @Nullable String obstacle(String address) {
        var parsed = HostPort.parse(address);
        if (parsed == null) {
            return "'" + address + "' is no address";
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(parsed.socketAddress());
            return null;
        } catch (IOException e) {
            return "cannot listen on " + address + ": " + e.getMessage();
        }
    }

    /** Gives each new connection to the server. */
    private static final class Attach extends ChannelInitializer<Channel> {
        private final HttpServer server;

        private Attach(HttpServer server) {
            this.server = server;
        }

        @Override
        protected void initChannel(Channel connection) {
            server.attach(connection);
        }
    }

    /** Whether this is the listener for an address of a config: what was asked for, or was got. */
    boolean isAt(String address) {
        var parsed = HostPort.parse(address);
        return wanted.equals(address)
                || (parsed != null && address().equals(parsed.socketAddress()));
    }

    /** The address that it got. */
    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    HttpServer server() {
        return server;
    }

    /** Takes no new connections; those that are open close after the request at hand. */
    void finish() {
        channel.close();
        server.finish();
    }
}
