package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ProxyConfig;
import io.netty.handler.codec.http.FullHttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that takes many lines at once gets them so, and each caller its own line. */
class BulkTest {
    private static Sidecar back(StandInService service) throws Exception {
        var inbound =
                new ProxyConfig.Inbound(
                        service.address(), List.of(), new ProxyConfig.Bulk("ndjson", "/bulk"));
        return Sidecar.start(Configs.called(inbound), Loops.PARTS);
    }

    private static String text(FullHttpRequest request) {
        return request.content().toString(StandardCharsets.UTF_8);
    }

    private static List<RawClient.Reply> ask(Sidecar back, int count, String extra)
            throws Exception {
        var window = Configs.fixed(Duration.ofSeconds(5)).withMaxItems(count);
        var replies = new ArrayList<RawClient.Reply>();
        try (var front = Loops.front(Loops.to(back, window))) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < count; i++) {
                var client = new RawClient(front.outboundAddress());
                var body = "{\"n\":" + i + "}";
                client.send(
                        "POST /bulk HTTP/1.1\r\nHost: back\r\nContent-Length: "
                                + body.length()
                                + "\r\n"
                                + extra.formatted(i)
                                + "\r\n"
                                + body);
                clients.add(client);
            }
            for (var client : clients) {
                replies.add(client.read(false));
                client.close();
            }
        }
        return replies;
    }

    @Test
    void theItemsOfABatchGoToTheServiceInOneCallAndEachGetsItsLine() throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) ->
                                        StandInService.text(200, text(request).replace("n", "r")));
                var back = back(service)) {
            var replies = ask(back, 10, "");
            for (int i = 0; i < 10; i++) {
                assertEquals("{\"r\":" + i + "}", replies.get(i).body());
            }
            assertEquals(1, service.calls());
            assertEquals(10, Scraped.of(back).sum("batchmesh_inbound_bulk_items"));
        }
    }

    @Test
    void aWrongNumberOfLinesIsA502ForAllOfThem() throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) -> StandInService.text(200, "{}\n{}\n"));
                var back = back(service)) {
            var replies = ask(back, 5, "");
            assertTrue(replies.stream().allMatch(r -> r.status() == 502), replies.toString());
            assertTrue(replies.getFirst().body().contains("2 lines to 5"));
        }
    }

    @Test
    void aRefusalOfTheWholeIsToldToEach() throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP, (ctx, request) -> StandInService.text(422, "no"));
                var back = back(service)) {
            var replies = ask(back, 5, "");
            assertTrue(
                    replies.stream().allMatch(r -> r.status() == 422 && r.body().equals("no")),
                    replies.toString());
        }
    }

    @Test
    void callersWithDifferentCredentialsAreNeverJoined() throws Exception {
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) ->
                                        StandInService.text(
                                                200,
                                                text(request)
                                                        .replace(
                                                                "n",
                                                                request.headers()
                                                                        .get("authorization"))));
                var back = back(service)) {
            var replies = ask(back, 6, "Authorization: u%d\r\n");
            for (int i = 0; i < 6; i++) {
                assertEquals("{\"u" + i + "\":" + i + "}", replies.get(i).body().strip());
            }
            assertEquals(6, service.calls());
        }
    }
}
