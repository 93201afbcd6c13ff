package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ConnectionPool;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.http.Discard;
import io.batchmesh.proxy.http.Forwarded;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.http.RequestHandler;
import io.batchmesh.proxy.http.UpgradePass;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.tls.PeerIdentity;
import io.batchmesh.proxy.trace.Tracer;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.PackingHeader;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of peers to the own service. Confined to the event loop of its lane. */
public final class Inbound implements RequestHandler {
    /** Connections to the own service, and calls that may wait for one. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int MAX_WAITING = 8192;
    private static final long UPGRADE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Lane lane;
    private final InboundMeters meters;
    private final Set<InboundStream> streams = new HashSet<>();
    private final Set<UpgradePass> switched = new HashSet<>();
    private @Nullable Destination destination;
    private @Nullable Dial dialled;
    private boolean finishing;

    public Inbound(Lane lane, InboundMeters meters) {
        this.lane = lane;
        this.meters = meters;
    }

    /** Takes a config for all requests that come from now on; nothing of them is traced. */
    public void configure(ProxyConfig config, @Nullable SocketAddress endpoint) {
        configure(config, endpoint, null);
    }

    /**
     * Takes a config for all requests that come from now on.
     *
     * @param endpoint the service's resolved address; null when there is no service to call
     * @param tracer begins spans, or null where nothing is traced
     */
    public void configure(
            ProxyConfig config, @Nullable SocketAddress endpoint, @Nullable Tracer tracer) {
        var own = config.inbound();
        var old = destination;
        var dial =
                own == null || endpoint == null ? null : new Dial(endpoint, own.protocol(), null);
        boolean same = dial != null && dial.equals(dialled);
        if (old != null && !same) {
            old.service().finish();
        }
        dialled = dial;
        if (own == null || dial == null) {
            destination = null;
            return;
        }
        var pool = old != null && same ? old.service() : CallPool.of(lane, dial);
        pool.limits(MAX_CONNECTIONS, MAX_WAITING);
        var tls = config.tls();
        boolean known = tls != null && tls.mode() == TlsMode.MUTUAL;
        destination = new Destination(pool, new AllowRules(own.allow(), known), own.bulk(), tracer);
    }

    @Override
    public Intake accept(Incoming request) {
        var head = request.head();
        if (asksForStream(head)) {
            return new StreamIntake(request, () -> streamOver(request.channel(), packing(head)));
        }
        if (isBatch(head)) {
            if (head.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
                return refuse(request, 415, "bad-batch", "a batch has no content coding");
            }
            return new PostIntake(request, sessions(request.channel(), packing(head)));
        }
        return plain(request);
    }

    @Override
    public ChannelHandler stream(Channel connection) {
        return new StreamGreeting(packing -> streamOver(connection, packing));
    }

    private InboundStream streamOver(Channel connection, Compression packing) {
        return new InboundStream(this, connection, sessions(connection, packing));
    }

    private static Compression packing(HttpRequest head) {
        return PackingHeader.read(head.headers());
    }

    private Function<ReplyPort, BatchSession> sessions(Channel connection, Compression packing) {
        var peer = new BatchSession.Peer(PeerIdentity.at(connection), packing);
        return port -> new BatchSession(lane, meters, () -> destination, port, peer);
    }

    private static boolean asksForStream(HttpRequest head) {
        return head.uri().equals(WireProtocol.BATCH_PATH)
                && WireProtocol.UPGRADE_TOKEN.equalsIgnoreCase(
                        head.headers().get(HttpHeaderNames.UPGRADE));
    }

    private static boolean isBatch(HttpRequest head) {
        return head.uri().equals(WireProtocol.BATCH_PATH)
                && head.method().equals(HttpMethod.POST)
                && WireProtocol.CONTENT_TYPE.equalsIgnoreCase(
                        head.headers().get(HttpHeaderNames.CONTENT_TYPE));
    }

    private Intake plain(Incoming request) {
        var to = destination;
        if (to == null) {
            return refuse(request, 404, "no-service", "this proxy has no service of its own");
        }
        if (HopByHop.isLoop(request.head().headers())) {
            meters.answered(508, 0);
            request.reply(HopByHop.loop(null).reply());
            return Discard.BODY;
        }
        if (!to.allow().isEmpty()) {
            var obstacle = to.allow().obstacle(request.head(), PeerIdentity.at(request.channel()));
            if (obstacle != null) {
                return refuse(request, 403, "not-allowed", obstacle);
            }
        }
        return switch (UpgradePass.asked(request.head())) {
            case NOTHING -> new PlainPass(request, to, meters, lane.ticker());
            case WEBSOCKET -> upgrade(request, dialled);
            case OTHER -> {
                meters.answered(501, 0);
                request.reply(UpgradePass.refusal(request.head(), null).reply());
                yield Discard.BODY;
            }
        };
    }

    private Intake upgrade(Incoming request, @Nullable Dial dial) {
        if (dial == null) {
            return refuse(request, 404, "no-service", "this proxy has no service of its own");
        }
        Forwarded.incoming(request.head().headers(), request.channel());
        var pass =
                new UpgradePass(
                        request,
                        new ConnectionPool(lane, dial),
                        lane,
                        UPGRADE_NANOS,
                        (over, code) -> {
                            switched.remove(over);
                            meters.answered(code, 0);
                        });
        switched.add(pass);
        return pass;
    }

    private Intake refuse(Incoming request, int status, String cause, String detail) {
        meters.answered(status, 0);
        request.reply(new Problem(status, cause, detail, null).reply());
        return Discard.BODY;
    }

    void opened(InboundStream stream) {
        streams.add(stream);
        if (finishing) {
            stream.finish();
        }
    }

    void closed(InboundStream stream) {
        streams.remove(stream);
    }

    /** Streams that are open. */
    public int streams() {
        return streams.size() + switched.size();
    }

    /** Has the streams that are open end as soon as what came by them is answered. */
    public void finishStreams() {
        List.copyOf(streams).forEach(InboundStream::finish);
    }

    /** Takes nothing new; what is at hand goes on. */
    public void finish() {
        finishing = true;
        finishStreams();
        if (destination != null) {
            destination.service().finish();
        }
    }

    /** Breaks everything off. */
    public void abort() {
        List.copyOf(switched).forEach(UpgradePass::abort);
        List.copyOf(streams).forEach(InboundStream::abort);
        if (destination != null) {
            destination.service().abort();
        }
    }

    /** Closes what was idle for too long. */
    public void sweep() {
        if (destination != null) {
            destination.service().sweep();
        }
    }
}
