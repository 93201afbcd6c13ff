package io.batchmesh.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sidecars in processes of their own, terminated under load. */
class TerminationTest {
    private static final int EACH = Boolean.getBoolean("stress") ? 25 : 5;
    private static final int TOGETHER = 5;
    private static final int CONNECTIONS = 8;
    private static final int LIMIT_SECONDS = 10;

    @TempDir private Path directory = Path.of(".");

    private static LinkConfig link(List<String> addresses) {
        var upstreams = new ArrayList<LinkConfig.Upstream>();
        addresses.forEach(a -> upstreams.add(new LinkConfig.Upstream(a, null, 1, Peer.SIDECAR)));
        var base = Configs.link(addresses.getFirst(), Peer.SIDECAR, BatchWindow.DEFAULT);
        var route =
                new Route(
                        "default",
                        null,
                        Map.of("v1", 1),
                        null,
                        new Retry(3, null, List.of("connect-failure")),
                        null,
                        null);
        return base.withRoutes(List.of(route)).withSubsets(Map.of("v1", upstreams));
    }

    /** Peers come and go one by one; who calls through a sidecar that stays sees nothing of it. */
    @Test
    @Timeout(300)
    void peersThatAreTerminatedUnderLoadCostTheirCallersNothing() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo)) {
            for (int begun = 0; begun < EACH; begun += TOGETHER) {
                var config = Configs.called(service.address());
                comeAndGo(ProxyProcess.startAll(directory, config, TOGETHER + 1));
            }
        }
    }

    private static void comeAndGo(List<ProxyProcess> backs) throws Exception {
        var first = Configs.caller(link(List.of(backs.getFirst().inbound())));
        try (var front = Sidecar.start(first, Loops.PARTS)) {
            var load =
                    new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 1 << 30);
            load.start(CONNECTIONS);
            for (int i = 0; i < TOGETHER; i++) {
                var old = backs.get(i);
                var next = backs.get(i + 1);
                use(front, List.of(old.inbound(), next.inbound()));
                progress(load);
                old.terminate();
                assertEquals(0, old.exitCode(LIMIT_SECONDS), old.errors());
                progress(load);
                use(front, List.of(next.inbound()));
                assertEquals("", old.errors().replaceAll("(?m)^.*: draining\\R?", ""));
            }
            load.stop();
            assertTrue(Loops.soon(load::quiet), load.toString());
            assertTrue(load.flawless(), load.toString());
        } finally {
            backs.forEach(ProxyProcess::close);
        }
    }

    private static void use(Sidecar front, List<String> addresses) {
        var config = front.config().withLinks(List.of(link(addresses)));
        assertEquals(List.of(), front.apply(config, ConfigVersion.of(config), null));
    }

    private static void progress(LoadClient load) {
        int seen = load.count(200);
        assertTrue(Loops.soon(() -> load.count(200) > seen + 200), load.toString());
    }

    /** What was accepted is answered; then nobody listens. */
    @Test
    @Timeout(300)
    void aSidecarThatIsTerminatedUnderLoadAnswersWhatItHasAccepted() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address())) {
            for (int begun = 0; begun < EACH; begun += TOGETHER) {
                var link = Loops.to(back, Configs.fixed(Duration.ofMillis(begun % 5)));
                var config = Configs.caller(link);
                for (var front : ProxyProcess.startAll(directory, config, TOGETHER)) {
                    terminated(front);
                }
            }
        }
    }

    private static void terminated(ProxyProcess front) throws Exception {
        try (front) {
            var load =
                    new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, 1 << 30);
            load.start(CONNECTIONS);
            progress(load);
            front.terminate();
            assertEquals(0, front.exitCode(LIMIT_SECONDS), front.errors());
            assertTrue(Loops.soon(load::quiet), load.toString());
            assertTrue(load.flawless(), load.toString());
        }
    }

    @Test
    @Timeout(60)
    void aSecondSignalEndsItAtOnceAndTheLastGoodConfigIsUsedAgain() throws Exception {
        try (var silent = new StandInService(Loops.GROUP, (ctx, request) -> null)) {
            var link = Configs.link(silent.address(), Peer.PLAIN, Configs.off());
            var config = Configs.caller(link);
            var pushed =
                    config.withLinks(List.of(link.withBatch(Configs.fixed(Duration.ofMillis(9)))));
            try (var front = ProxyProcess.start(directory, config);
                    var client = new RawClient(front.outboundAddress())) {
                assertEquals(200, front.push(pushed));
                client.send("GET /never HTTP/1.1\r\nHost: back\r\n\r\n");
                assertTrue(Loops.soon(() -> silent.calls() == 1));
                front.terminate();
                assertTrue(client.refusedAnew(front.outboundAddress()), "it takes connections");
                assertTrue(front.running(), "it does not wait for what is at hand");
                front.terminate();
                assertEquals(130, front.exitCode(2), front.errors());
            }
            try (var again = ProxyProcess.start(directory, config)) {
                var running = again.page("/config");
                assertEquals(
                        ConfigJson.read(running.getBytes(UTF_8)), ConfigJson.read(text(pushed)));
            }
        }
    }

    private static byte[] text(io.batchmesh.config.ProxyConfig config) {
        return ConfigJson.pretty(config).getBytes(UTF_8);
    }
}
