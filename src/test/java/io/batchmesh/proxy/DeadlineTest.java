package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.BatchWindow;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that say how long they may take, and those that ask what took how long. */
class DeadlineTest {
    private static FullHttpResponse seen(FullHttpRequest request) {
        var h = request.headers();
        var all =
                h.get("timeout")
                        + " "
                        + h.get("grpc-timeout")
                        + " "
                        + h.get("x-envoy-expected-rq-timeout-ms");
        return StandInService.text(200, all);
    }

    private static RawClient.Reply ask(BatchWindow window, String headers) throws IOException {
        try (var service = new StandInService(Loops.GROUP, (c, r) -> seen(r));
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, window));
                var client = new RawClient(front.outboundAddress())) {
            return client.ask("GET /x HTTP/1.1\r\nHost: back\r\n" + headers + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout: 700ms",
                "grpc-timeout: 700m",
                "x-envoy-expected-rq-timeout-ms: 700",
                "timeout: 1"
            })
    void aDeadlineIsNeverMissedByWaitingInAWindow(String header) throws IOException {
        long begin = System.nanoTime();
        var reply = ask(Configs.fixed(Duration.ofSeconds(30)), header + "\r\n");
        long took = System.nanoTime() - begin;
        assertEquals(200, reply.status(), reply.body());
        assertTrue(took < Duration.ofSeconds(5).toNanos(), "ns " + took);
    }

    @Test
    void theServiceIsToldWhatIsLeft() throws IOException {
        var headers =
                "timeout: 700ms\r\ngrpc-timeout: 90000000u\r\n"
                        + "x-envoy-expected-rq-timeout-ms: 5000\r\n";
        // It waits in the window for half of its time.
        var said = ask(Configs.fixed(Duration.ofSeconds(30)), headers).body().split(" ", -1);
        var left =
                Arrays.stream(said)
                        .mapToLong(s -> Long.parseLong(s.replaceAll("[a-z]", "")))
                        .toArray();
        assertTrue(said[0].endsWith("ms") && said[1].endsWith("u"), said[0] + said[1]);
        assertTrue(left[0] >= 1 && left[0] < 400, "ms " + left[0]);
        assertTrue(left[1] >= 1 && left[1] < 400_000, "us " + left[1]);
        assertTrue(left[2] >= 1 && left[2] < 400, "ms " + left[2]);
    }

    @Test
    void whatCannotBeReadIsPassedOnAsItIsAndNothingIsAdded() throws IOException {
        assertEquals(
                "Second-4100000000 99 -5",
                ask(
                                BatchWindow.DEFAULT,
                                "timeout: Second-4100000000\r\ngrpc-timeout: 99\r\n"
                                        + "x-envoy-expected-rq-timeout-ms: -5\r\n")
                        .body());
        assertEquals("null null null", ask(BatchWindow.DEFAULT, "").body());
    }

    @Test
    void noTimeAtAllIsTooLittle() throws IOException {
        assertEquals(504, ask(BatchWindow.DEFAULT, "grpc-timeout: 0m\r\n").status());
    }

    @Test
    void theStagesAreSaidToWhoeverAsks() throws IOException {
        var reply =
                ask(Configs.fixed(Duration.ofMillis(50)), "Batchmesh-Timing: on\r\n")
                        .headers()
                        .get("server-timing");
        var stages =
                "collect;dur=([0-9.]+), combine;dur=[0-9.]+, cache;dur=[0-9.]+,"
                        + " compress;dur=[0-9.]+, send;dur=([0-9.]+)";
        assertTrue(reply != null && reply.matches(stages), reply);
        double collect = Double.parseDouble(reply.replaceAll(stages, "$1"));
        double send = Double.parseDouble(reply.replaceAll(stages, "$2"));
        assertTrue(collect >= 49 && collect < 5_000, reply);
        assertTrue(send > 0 && send < 5_000, reply);
    }

    @Test
    void nobodyElseHearsOfThem() throws IOException {
        assertNull(ask(BatchWindow.DEFAULT, "").headers().get("server-timing"));
        var off = ask(BatchWindow.DEFAULT, "Batchmesh-Timing: off\r\n");
        assertFalse(off.headers().containsKey("server-timing"));
        var plain = ask(Configs.off(), "Batchmesh-Timing: on\r\n").headers().get("server-timing");
        assertTrue(plain != null && plain.startsWith("collect;dur=0.0, combine;dur=0.0"), plain);
    }
}
