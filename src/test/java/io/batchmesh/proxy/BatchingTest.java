package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.BatchWindow;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchingTest {

    private static BatchWindow window(BatchWindow.Policy policy) {
        return BatchWindow.DEFAULT
                .withPolicy(policy)
                .withLinger(Duration.ofMillis(2))
                .withTargetP99(Duration.ofMillis(20));
    }

    @ParameterizedTest
    @EnumSource(BatchWindow.Policy.class)
    void everyCallerGetsItsOwnAnswer(BatchWindow.Policy policy) throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, window(policy)))) {
            int total = 2_000;
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, total);
            load.start(32);
            assertTrue(load.await(20), load.toString());
            assertEquals(total, load.count(200), load.toString());
            assertEquals(0, load.wrong());
            assertEquals(total, service.calls());
            if (policy != BatchWindow.Policy.OFF) {
                assertMeasured(front, total);
            }
        }
    }

    private static void assertMeasured(Sidecar front, int total) {
        var seen = Scraped.of(front);
        var link = "front->back";
        double batches = seen.value("batchmesh_batches", "link", link);
        assertTrue(batches > 0 && batches < total / 2.0, "batches " + batches);
        assertEquals(total, seen.sum("batchmesh_batch_items", "link", link));
        double stages = 0;
        for (var stage : new String[] {"collect", "combine", "cache", "compress", "send"}) {
            assertEquals(
                    total, seen.count("batchmesh_stage_duration_seconds", "stage", stage), stage);
            stages += seen.sum("batchmesh_stage_duration_seconds", "stage", stage) / total;
        }
        double whole = seen.sum("batchmesh_request_duration_seconds", "path", "batched") / total;
        assertEquals(whole, stages, Math.max(whole * 0.05, 1e-4));
        double parts = seen.sum("batchmesh_send_seconds") / total;
        double send = seen.sum("batchmesh_stage_duration_seconds", "stage", "send") / total;
        assertEquals(send, parts, 1e-6);
        assertEquals(0, seen.value("batchmesh_queue_items"));
    }

    @Test
    void aLoneCallerIsAnsweredWithoutAWindow() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET /one HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals("GET /one ", reply.body());
            var seen = Scraped.of(front);
            assertEquals(1, seen.value("batchmesh_batches", "reason", "idle"));
        }
    }

    /** More bytes than a peer lets come ahead of answers, most of them in headers. */
    @Test
    void creditComesBackHoweverFatTheHeadersAre() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            var fat = "x-fat: " + "f".repeat(50_000) + "\r\n";
            for (int i = 0; i < 340; i++) {
                var reply = client.ask("GET /" + i + " HTTP/1.1\r\nHost: back\r\n" + fat + "\r\n");
                assertEquals("GET /" + i + " ", reply.body());
            }
        }
    }
}
