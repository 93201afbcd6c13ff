package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.PrometheusServer;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.time.Clocks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same series in a real Prometheus server and in the stand-in of the other tests: both are
 * asked the same, and say the same. Runs under {@code -Pstress}, as {@code PrometheusAgreementTest}
 * does.
 */
@Tag("needs-prometheus")
class PrometheusSourceAgreementTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient http = new OkHttpClient();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        executor.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private PrometheusApi api(URI address) {
        return new PrometheusApi(http, address, PrometheusApi.Limits.DEFAULT);
    }

    private PrometheusRound round(URI address) {
        var spoken = new LinkedHashMap<Dialect, Duration>();
        spoken.put(Dialects.OWN, Duration.ofSeconds(33));
        Dialects.FOREIGN.forEach(dialect -> spoken.put(dialect, Duration.ofSeconds(33)));
        return new PrometheusRound(api(address), new ServiceNames(), spoken);
    }

    @Test
    void aRealServerTakesEveryQuestionAndSaysWhatTheStandInSays() throws Exception {
        var end = System.currentTimeMillis() / 1000 * 1000 - 3_000;
        var series = MeshSeries.everything(end, 60);
        try (var real = PrometheusServer.on(series.openMetrics(), folder);
                var fake = new FakePrometheus(series.series, end, executor)) {
            var moment = Instant.ofEpochMilli(end - 1_300);
            var theirs = round(real.address()).now(moment, moment);
            var ours = round(fake.address()).now(moment, moment);
            assertSame(theirs, ours);
            assertTrue(theirs.links().size() >= 6, theirs.links().keySet().toString());
            assertEquals(theirs.proxies(), ours.proxies());
            var from = moment.minusSeconds(120);
            var step = Duration.ofSeconds(7);
            var thatPast = round(real.address()).past(from, moment, step, Duration.ZERO);
            var thisPast = round(fake.address()).past(from, moment, step, Duration.ZERO);
            assertEquals(thatPast.size(), thisPast.size());
            for (var i = 0; i < thatPast.size(); i++) {
                assertEquals(thatPast.get(i).at(), thisPast.get(i).at());
                assertSame(thatPast.get(i), thisPast.get(i));
            }
            live(real.address());
        }
    }

    /** With the choice of windows, the look back and the server's own clock. */
    private void live(URI address) {
        var clocks = new Clocks(InstantSource.system(), System::nanoTime);
        var source =
                new PrometheusSource(
                        api(address),
                        PrometheusSettings.DEFAULT,
                        new ServiceNames(),
                        clocks,
                        executor);
        var past = new ArrayList<List<MeshSnapshot>>();
        source.onPast(past::add);
        var snapshot = source.round();
        var states = snapshot.proxies().values().stream().map(p -> p.state()).distinct().toList();
        assertEquals(List.of(ProxyState.LIVE), states, snapshot.proxies().toString());
        assertTrue(snapshot.links().containsKey("productpage->reviews"));
        assertTrue(past.getFirst().size() > 30, "moments: " + past.getFirst().size());
    }

    private static void assertSame(MeshSnapshot theirs, MeshSnapshot ours) {
        assertEquals(theirs.links().keySet(), ours.links().keySet());
        theirs.links()
                .forEach((name, link) -> {
                    for (var i = 0; i < LinkMeasure.count(); i++) {
                        var expected = LinkMeasure.at(i).of(link);
                        var actual = LinkMeasure.at(i).of(ours.links().get(name));
                        var slack = Double.isNaN(expected) ? 0 : Math.abs(expected) * 1e-9 + 1e-12;
                        assertEquals(expected, actual, slack, name + ", measure " + i);
                    }
                });
        assertEquals(Map.copyOf(theirs.cost()), Map.copyOf(ours.cost()));
    }
}
