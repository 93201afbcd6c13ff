package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.mesh.CallFigures.Clock;
import io.batchmesh.mesh.CallFigures.Count;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation.RequestShape;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceSimulation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final Loops LOOPS = new Loops();
    private static final Duration SOON = Duration.ofSeconds(10);

    @AfterAll
    static void closeLoops() {
        LOOPS.close();
    }

    private static LoadGenerator start(double rate, RequestShape shape, InetSocketAddress... to) {
        var pace = new LoadGenerator.Pace(rate, Duration.ZERO, 11);
        var plan = new LoadGenerator.Plan(LinkId.of("a", "b"), pace, shape, "b", List.of(to));
        return LoadGenerator.start(plan, LOOPS.next(), System::nanoTime);
    }

    private static StandIn standIn(Duration serviceTime) {
        var simulation = new ServiceSimulation(serviceTime, Duration.ZERO, 400, 0, 0);
        return StandIn.open(
                new StandIn.Spec(new ServiceId("b"), simulation, null, 1),
                LOOPS.next(),
                System::nanoTime);
    }

    private static long count(LoadGenerator load, Count what) {
        return load.figures().count(what);
    }

    @Test
    void everyAnswerIsItsOwnAndTakesAtLeastTheServiceTime() throws Exception {
        var shape = new RequestShape("POST", "/items/{n}", 300, 50, 4, 1);
        try (var one = standIn(Duration.ofMillis(5));
                var two = standIn(Duration.ofMillis(5));
                var load = start(500, shape, one.address(), two.address())) {
            Await.until("200 answers", SOON, () -> count(load, Count.OWN) >= 200);
            var figures = load.figures();
            assertEquals(figures.answered(), figures.count(Count.OWN));
            double written = figures.mean(Clock.WRITTEN);
            assertTrue(written >= 0.005, "5 ms were " + written + " s");
            assertTrue(figures.mean(Clock.DUE) >= written);
            assertTrue(figures.quantile(Clock.WRITTEN, 0.01) >= 0.0048);
        }
    }

    @Test
    void theRequestsOfABurstComeTogether() throws Exception {
        var shape = new RequestShape("GET", "/items/{n}", 0, 4, 0, 40);
        try (var callee = standIn(Duration.ofMillis(1))) {
            var load = start(400, shape, callee.address());
            Await.until("3 bursts", SOON, () -> count(load, Count.OWN) >= 120);
            load.close();
            Await.until("whole bursts", SOON, () -> count(load, Count.SENT) % 40 == 0);
        }
    }

    @Test
    void anAnswerForSomebodyElseIsCountedAsWrong() throws Exception {
        try (var server = new MockWebServer()) {
            server.setDispatcher(new Fixed());
            server.start();
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
            var shape = new RequestShape("GET", "/items/1", 0, 1, 0, 1);
            try (var load = start(200, shape, to)) {
                Await.until("10 wrong", SOON, () -> count(load, Count.WRONG) >= 10);
                assertEquals(0, count(load, Count.OWN));
                assertTrue(count(load, Count.SHARED) > 0, "answers with Age are shared ones");
            }
        }
    }

    /** Answers all requests with the same nonce, every second one as from a cache. */
    private static final class Fixed extends Dispatcher {
        private boolean fromCache;

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            fromCache = !fromCache;
            var body = Answers.start("other", "/items/1", null) + "\"x\":1}";
            var response = new MockResponse.Builder().code(200).body(body);
            return fromCache ? response.addHeader("Age", "3").build() : response.build();
        }
    }

    @Test
    void requestsThatFindNoRoomAreCountedAsMissedAndThoseWithoutAnswerAsFailed() throws Exception {
        try (var server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
            var to = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            var load = start(20_000, RequestShape.DEFAULT, to);
            Await.until("missed ones", SOON, () -> count(load, Count.MISSED) > 100);
            load.close();
            Await.until("failed ones", SOON, () -> count(load, Count.FAILED) >= 512);
            assertEquals(512, count(load, Count.SENT));
            assertEquals(0, load.figures().answered());
        }
    }
}
