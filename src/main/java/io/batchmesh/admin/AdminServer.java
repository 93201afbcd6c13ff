package io.batchmesh.admin;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin endpoint of a proxy over HTTP/1.1; {@code GET /openapi.json} describes its calls. It
 * applies configs to its subject, keeps their history, and shows status and metrics. Safe for use
 * by several threads.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int BACKLOG = 128;
    private static final long POLL_SECONDS = 2;
    private static final long HANDSHAKE_SECONDS = 10;

    private final ConfigKeeper keeper;
    private final AdminRoutes routes;
    private final Open open;

    /** What is closed at the end; polling is null in clear text. */
    private record Open(
            Channel listener,
            ChannelGroup connections,
            String scheme,
            @Nullable Future<?> polling) {}

    private AdminServer(ConfigKeeper keeper, AdminRoutes routes, Open open) {
        this.keeper = keeper;
        this.routes = routes;
        this.open = open;
    }

    /**
     * Starts an endpoint and runs the config that was pushed last, else the initial one. Waits for
     * both; not to be called on an event loop.
     *
     * @param initial what runs when nothing was pushed before, or null for nothing
     */
    public static AdminStart start(
            AdminSettings settings,
            AdminSubject subject,
            @Nullable ProxyConfig initial,
            AdminRuntime runtime) {
        var bind = settings.bind().socketAddress();
        if (bind.isUnresolved()) {
            return new AdminStart.Unavailable("unknown host '" + settings.bind().host() + "'");
        }
        boolean guarded = settings.token() != null || settings.byCertificate();
        if (!guarded && !bind.getAddress().isLoopbackAddress()) {
            return new AdminStart.Unavailable(
                    settings.bind()
                            + " can be reached from elsewhere: give it a bearer token, or a"
                            + " certificate and the authority of its callers, or bind to"
                            + " 127.0.0.1");
        }
        try {
            var files = settings.tls();
            var tls = files == null ? null : AdminTls.read(files, runtime.clocks().wall());
            return start(settings, tls, subject, initial, runtime);
        } catch (CertificateFault e) {
            return new AdminStart.Unavailable(e.field() + ": " + e.describe());
        }
    }

    private static AdminStart start(
            AdminSettings settings,
            @Nullable AdminTls tls,
            AdminSubject subject,
            @Nullable ProxyConfig initial,
            AdminRuntime runtime) {
        var directory = settings.stateDirectory();
        var archive = directory == null ? null : new ConfigArchive(directory);
        ConfigHistory kept;
        try {
            kept = kept(archive, settings.reset());
        } catch (IOException e) {
            return new AdminStart.Unavailable("cannot forget what is kept: " + e);
        }
        var keeper = new ConfigKeeper(subject, runtime, archive);
        List<Fault> faults = keeper.start(kept, initial);
        if (!faults.isEmpty()) {
            return new AdminStart.Refused(faults);
        }
        var routes = new AdminApi(subject, keeper, runtime).routes();
        return listen(keeper, settings, tls, routes, runtime);
    }

    private static AdminStart listen(
            ConfigKeeper keeper,
            AdminSettings settings,
            @Nullable AdminTls tls,
            AdminRoutes routes,
            AdminRuntime runtime) {
        var limits = settings.limits();
        var gate = new AdminGate(routes, new Callers(settings), limits);
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        var bound =
                new ServerBootstrap()
                        .group(runtime.loops())
                        .channel(serverChannel(runtime.loops()))
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        if (connections.size() >= limits.connections()) {
                                            var _ = channel.close();
                                            return;
                                        }
                                        connections.add(channel);
                                        if (tls != null) {
                                            secure(channel, tls, runtime);
                                        }
                                        pipeline(channel, gate, runtime, limits);
                                    }
                                })
                        .bind(settings.bind().socketAddress())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            keeper.close();
            return new AdminStart.Unavailable(
                    "cannot listen on " + settings.bind() + ": " + bound.cause().getMessage());
        }
        var polling = tls == null ? null : polling(tls, runtime);
        var scheme = tls == null ? "http" : "https";
        var server =
                new AdminServer(
                        keeper, routes, new Open(bound.channel(), connections, scheme, polling));
        LOG.debug("The admin endpoint answers at {}", server.uri());
        return new AdminStart.Started(server);
    }

    private static Future<?> polling(AdminTls tls, AdminRuntime runtime) {
        return runtime.loops()
                .next()
                .scheduleWithFixedDelay(
                        () -> runtime.worker().execute(tls::poll),
                        POLL_SECONDS,
                        POLL_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static void secure(Channel channel, AdminTls tls, AdminRuntime runtime) {
        var handler = tls.context().newHandler(channel.alloc(), runtime.worker());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addLast(new LateClose()).addLast(handler);
    }

    private static void pipeline(
            Channel channel, AdminGate gate, AdminRuntime runtime, AdminSettings.Limits limits) {
        var deadline = new ConnectionDeadline(limits);
        channel.pipeline()
                .addLast(deadline)
                .addLast(new StrictRequestDecoder())
                .addLast(new HttpResponseEncoder())
                .addLast(new AdminConnection(gate, runtime, limits, deadline));
    }

    private static Class<? extends ServerChannel> serverChannel(EventLoopGroup loops) {
        return loops instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class)
                ? EpollServerSocketChannel.class
                : NioServerSocketChannel.class;
    }

    private static ConfigHistory kept(@Nullable ConfigArchive archive, boolean reset)
            throws IOException {
        if (archive == null) {
            return ConfigHistory.EMPTY;
        }
        if (reset) {
            archive.clear();
            return ConfigHistory.EMPTY;
        }
        return archive.load();
    }

    /** Where it answers. */
    public HostPort address() {
        var address = (InetSocketAddress) open.listener().localAddress();
        var host = address.getAddress().getHostAddress();
        return new HostPort(host, address.getPort());
    }

    /** Where it answers, as the base of its calls. */
    public URI uri() {
        return URI.create(open.scheme() + "://" + address());
    }

    /** Its calls, each as {@code METHOD /path}. */
    List<String> calls() {
        return routes.list();
    }

    /** The version of the config that runs, or null when none does. */
    public @Nullable ConfigVersion runningVersion() {
        var running = keeper.running();
        return running == null ? null : running.version();
    }

    /** Stops answering and closes all connections. What runs in the subject goes on. */
    @Override
    public void close() {
        keeper.close();
        if (open.polling() != null) {
            open.polling().cancel(false);
        }
        open.listener().close().awaitUninterruptibly();
        open.connections().close().awaitUninterruptibly();
    }
}
