package io.batchmesh.admin;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real admin endpoint on a free loopback port, with a subject and a time of its own. */
public final class RunningAdmin implements AutoCloseable {
    public final StrictSubject subject = new StrictSubject();
    public final TurnedTime time = new TurnedTime();

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor();
    private final AdminServer server;

    public RunningAdmin(AdminSettings settings, @Nullable ProxyConfig initial) {
        var runtime = new AdminRuntime(loops, worker, time.clocks(), time, ActivityMeter.NONE);
        var started = AdminServer.start(settings, subject, initial, runtime);
        if (!(started instanceof AdminStart.Started ok)) {
            stop();
            throw new AssertionError("did not start: " + started);
        }
        server = ok.server();
    }

    /** An endpoint with the limits of every day that keeps nothing. */
    public static RunningAdmin with(@Nullable ProxyConfig initial) {
        return new RunningAdmin(AdminSettings.loopback(), initial);
    }

    public URI uri() {
        return server.uri();
    }

    public AdminServer server() {
        return server;
    }

    /** The config of a sidecar with one link whose window lingers so long. */
    public static ProxyConfig config(String proxy, int lingerMillis) {
        var upstream = new LinkConfig.Upstream("127.0.0.1:15108", "a", 1, Peer.SIDECAR);
        var route = new Route("default", null, Map.of("v1", 1), null, null, null, null);
        var link =
                new LinkConfig(
                        "page->reviews",
                        "reviews",
                        List.of(route),
                        Map.of("v1", List.of(upstream)),
                        Resilience.DEFAULT,
                        BatchWindow.DEFAULT.withLinger(Duration.ofMillis(lingerMillis)));
        return new ProxyConfig(
                proxy,
                "page",
                null,
                new ProxyConfig.Listeners("127.0.0.1:15006", "127.0.0.1:15008"),
                new ProxyConfig.Inbound("127.0.0.1:9080", List.of(), null),
                List.of(link),
                null);
    }

    @Override
    public void close() {
        server.close();
        stop();
    }

    private void stop() {
        worker.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
