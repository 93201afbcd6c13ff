package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which versions of HTTP a message came, and how a circle of proxies ends. */
class ViaTest {
    private static StandInService service() {
        return new StandInService(
                Loops.GROUP,
                (ctx, request) ->
                        StandInService.text(200, request.headers().getAll("via").toString()));
    }

    private static Sidecar front(String to) throws IOException {
        var link = Configs.link(to, Peer.PLAIN, Configs.off());
        return Sidecar.start(Configs.caller(link), Loops.PARTS);
    }

    @ParameterizedTest
    @CsvSource({"1.0", "1.1"})
    void viaNamesTheVersionThatWasReceived(String version) throws Exception {
        try (var service = service();
                var front = front(service.address());
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("GET / HTTP/" + version + "\r\nHost: back\r\n\r\n");
            assertEquals("[" + version + " batchmesh]", reply.body());
            assertEquals("1.1 batchmesh", reply.headers().get("via"));
        }
    }

    @Test
    void viaNamesHttp2() throws Exception {
        var client =
                new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
        try (var service = service();
                var front = front(service.address())) {
            var url = "http://127.0.0.1:" + front.outboundAddress().getPort() + "/";
            var request = new Request.Builder().url(url).header("Host", "back").build();
            try (var reply = client.newCall(request).execute()) {
                assertEquals("[2 batchmesh]", reply.body().string());
                assertEquals("1.1 batchmesh", reply.header("via"));
            }
        } finally {
            client.connectionPool().evictAll();
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 200", "17, 508"})
    void tooManySidecarsAreALoop(int passes, int status) throws Exception {
        var via = "1.1 batchmesh, 1.1 other-batchmesh, ".repeat(passes - 1) + "2 batchmesh (x)";
        var ask = "GET / HTTP/1.1\r\nHost: back\r\nVia: 1.1 a\r\nVia: " + via + "\r\n\r\n";
        try (var service = service();
                var back = Sidecar.start(Configs.called(service.address()), Loops.PARTS);
                var front = front(service.address())) {
            for (var to : List.of(front.outboundAddress(), back.inboundAddress())) {
                try (var client = new RawClient(to)) {
                    var reply = client.ask(ask);
                    assertEquals(status, reply.status());
                    assertEquals(status == 508, reply.body().contains("a route leads back"));
                }
            }
        }
    }

    @Test
    void aRouteThatLeadsToItsOwnListenerEndsIn508() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var own = "127.0.0.1:" + port;
        var config = Configs.caller(Configs.link(own, Peer.PLAIN, Configs.off()));
        var circle =
                new ProxyConfig(
                        config.proxy(),
                        config.service(),
                        null,
                        new ProxyConfig.Listeners(own, "127.0.0.1:0"),
                        null,
                        config.links(),
                        null);
        try (var front = Sidecar.start(circle, Loops.PARTS);
                var client = new RawClient(front.outboundAddress())) {
            var reply = client.ask("POST / HTTP/1.1\r\nHost: back\r\nContent-Length: 2\r\n\r\nhi");
            assertEquals(508, reply.status());
            assertTrue(reply.body().contains("\"title\""), reply.body());
            assertFalse(reply.body().contains("connect"), reply.body());
        }
    }
}
