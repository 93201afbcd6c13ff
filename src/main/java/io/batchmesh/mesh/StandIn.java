package io.batchmesh.mesh;

import io.batchmesh.model.BulkApi;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for one endpoint of a service: a server of HTTP/1.1 and, in clear text with prior
 * knowledge, HTTP/2 on a free port of loopback that takes the time, gives the answers and makes the
 * calls that the topology says. May be used from any thread.
 *
 * <p>A call takes {@code serviceTime + itemTime}, a bulk of b items {@code serviceTime + b *
 * itemTime}, exactly; while it is served, its own calls included, it holds one of the {@code
 * concurrency} places. Up to 1024 further calls wait their turn, beyond that they get 503. The
 * answer names the nonce ({@code x-request-id}), the path and the caller of its request, so that
 * whoever gets it can tell whether it is his.
 *
 * <p>It is still a good answer, which says how many of them failed, when some of its own calls
 * fail; when all of them fail it is 502. Answers of 400 and more are marked {@code no-store}; the
 * others say nothing about freshness, so that the cache of a link goes by its own settings.
 */
public final class StandIn implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Spec spec;
    private final Ticker ticker;
    private final EventLoop loop;
    private final ChannelGroup channels;
    private final Channel server;
    private final Service service;

    /**
     * What a stand-in is like.
     *
     * @param service whom it stands for
     * @param simulation its times and sizes
     * @param bulk where it takes batches, or null; only NDJSON is understood
     * @param seed of its errors
     */
    public record Spec(
            ServiceId service, ServiceSimulation simulation, @Nullable BulkApi bulk, long seed) {}

    private StandIn(Spec spec, EventLoop loop, Ticker ticker) {
        this.spec = spec;
        this.loop = loop;
        this.ticker = ticker;
        channels = new DefaultChannelGroup(loop, true);
        service = new Service(spec, loop);
        server = Sockets.bindLoopback(Sockets.server(loop, this::init));
        channels.add(server);
    }

    /**
     * Opens it. Not to be called on an event loop.
     *
     * @param loop carries all of its connections
     */
    public static StandIn open(Spec spec, EventLoop loop, Ticker ticker) {
        return new StandIn(spec, loop, ticker);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return Sockets.addressOf(server);
    }

    public ServiceId service() {
        return spec.service();
    }

    /**
     * Says which calls it makes from now on for each request that it serves.
     *
     * @param outbound where its sidecar takes calls
     */
    void calls(List<Outgoing.Plan> plans, InetSocketAddress outbound, long seed) {
        service.calls(new Outgoing(plans, outbound, new Outgoing.Parts(loop, ticker, seed)));
    }

    /** What became of the calls that it made, by link. */
    List<Outgoing.Made> made() {
        return service.made();
    }

    private void init(Channel channel) {
        if (!channels.add(channel)) {
            var _ = channel.close();
            return;
        }
        channel.pipeline().addLast(new SpokenThere(service));
    }

    /** Closes all connections; waits at most a second. Not to be called on an event loop. */
    @Override
    public void close() {
        service.close();
        channels.close().awaitUninterruptibly(CLOSE_WITHIN.toMillis());
    }
}
