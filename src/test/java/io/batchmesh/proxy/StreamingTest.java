package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.BatchWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of any size pass; only those that fit are batched. */
class StreamingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 262_143, 262_144, 262_145, 3_000_000})
    void aBodyOfAnySizeGoesThere(int size) throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) ->
                                        StandInService.text(
                                                200, "" + request.content().readableBytes()));
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            var body = "x".repeat(size);
            var reply =
                    client.ask(
                            "POST /s HTTP/1.1\r\nHost: back\r\nContent-Length: "
                                    + size
                                    + "\r\n\r\n"
                                    + body);
            assertEquals(size + "", reply.body());
            reply =
                    client.ask(
                            "POST /c HTTP/1.1\r\nHost: back\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + (size == 0
                                            ? ""
                                            : Integer.toHexString(size) + "\r\n" + body + "\r\n")
                                    + "0\r\n\r\n");
            assertEquals(size + "", reply.body());
            var way = size > 262_144 ? "plain" : "batched";
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(front)
                                            .count(
                                                    "batchmesh_request_duration_seconds",
                                                    "path",
                                                    way)
                                    == 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300_000, 4_000_000, 9_000_000})
    void anAnswerOfAnySizeComesBack(int size) throws Exception {
        var text = "y".repeat(size);
        try (var service =
                        new StandInService(
                                Loops.GROUP, (ctx, request) -> StandInService.text(200, text));
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            assertEquals(size, client.ask("GET /b HTTP/1.1\r\nHost: back\r\n\r\n").body().length());
        }
    }

    @Test
    void anAnswerThatIsTooLongForAFrameComesInPartsAndIsAskedForOnce() throws Exception {
        var text = "y".repeat(9_000_000);
        try (var service =
                        new StandInService(
                                Loops.GROUP, (ctx, request) -> StandInService.text(200, text));
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("POST /b HTTP/1.1\r\nHost: back\r\nContent-Length: 0\r\n\r\n");
            assertEquals(200, reply.status());
            assertEquals("9000000", reply.headers().get("content-length"));
            assertEquals(text, reply.body());
            assertEquals(1, service.calls());
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(front)
                                            .count(
                                                    "batchmesh_request_duration_seconds",
                                                    "path",
                                                    "batched")
                                    == 1));
        }
    }
}
