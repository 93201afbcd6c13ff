package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.HostPort;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in. */
class AdminCallersTest {
    private final RunningAdmin admin = RunningAdmin.with(config("p", 5));
    private final int port = admin.uri().getPort();

    @AfterEach
    void nobodyWhoWasRefusedChangedAnything() {
        var version = Objects.requireNonNull(admin.server().runningVersion());
        assertEquals(ConfigVersion.of(config("p", 5)), version);
        admin.close();
    }

    private List<Integer> tryAll(String headers) throws IOException {
        var put = headers + "Content-Type: application/json\r\nIf-Match: *\r\n";
        var body = ConfigJson.pretty(config("p", 666));
        var statuses = new ArrayList<Integer>();
        statuses.add(Raw.call(admin.uri(), "GET", "/config", headers, "").status());
        statuses.add(Raw.call(admin.uri(), "GET", "/metrics", headers, "").status());
        statuses.add(Raw.call(admin.uri(), "PUT", "/config", put, body).status());
        statuses.add(Raw.call(admin.uri(), "POST", "/drain", headers, "").status());
        return statuses;
    }

    @Test
    void aHostThatIsNotOursIsRefused() throws IOException {
        for (var host :
                List.of(
                        "evil.example",
                        "evil.example:" + port,
                        "localhost.evil.example:" + port,
                        "127.0.0.1.nip.io:" + port,
                        "localhost.:" + port,
                        "0.0.0.0:" + port,
                        "10.0.0.1:" + port,
                        "[::2]:" + port,
                        "user@127.0.0.1:" + port,
                        "127.0.0.1:" + port + "/x",
                        "127.0.0.1:99999",
                        "2130706433:" + port,
                        "")) {
            assertEquals(List.of(403, 403, 403, 403), tryAll("Host: " + host + "\r\n"), host);
        }
    }

    @Test
    void loopbackNamesAreOursOnAnyPortSinceTheyMayBeForwarded() throws IOException {
        for (var host : List.of("127.0.0.1", "localhost:" + port, "LOCALHOST:9999", "[::1]:1")) {
            var headers = "Host: " + host + "\r\n";
            assertEquals(200, Raw.call(admin.uri(), "GET", "/config", headers, "").status(), host);
        }
    }

    @Test
    void aRequestWithoutOrWithTwoHostsIsMalformed() throws IOException {
        var end = "Connection: close\r\n\r\n";
        var one = "Host: 127.0.0.1:" + port + "\r\n";
        assertEquals(400, Raw.send(admin.uri(), "GET /config HTTP/1.1\r\n" + end).status());
        assertEquals(
                400, Raw.send(admin.uri(), "GET /config HTTP/1.1\r\n" + one + one + end).status());
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws IOException {
        for (var header :
                List.of(
                        "Origin: https://evil.example",
                        "Origin: null",
                        "Origin: http://127.0.0.1:1",
                        "Origin: http://localhost:" + port,
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site",
                        "Sec-Fetch-Mode: no-cors",
                        "Sec-Fetch-Mode: websocket")) {
            assertEquals(List.of(403, 403, 403, 403), tryAll(header + "\r\n"), header);
        }
    }

    @Test
    void aPageOfOursAndTheAddressBarAreNot() throws IOException {
        for (var headers :
                List.of(
                        "Origin: http://127.0.0.1:" + port + "\r\n",
                        "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n",
                        "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n")) {
            var reply = Raw.call(admin.uri(), "GET", "/status", headers, "");
            assertEquals(200, reply.status(), headers);
        }
    }

    @Test
    void anAddressBeyondLoopbackNeedsAToken() {
        var settings = AdminSettings.of(new HostPort("0.0.0.0", 0));
        var runtime =
                new AdminRuntime(
                        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
                        Runnable::run,
                        admin.time.clocks(),
                        admin.time,
                        ActivityMeter.NONE);
        var start = AdminServer.start(settings, new StrictSubject(), null, runtime);
        var refused = assertInstanceOf(AdminStart.Unavailable.class, start);
        assertTrue(refused.reason().contains("bearer token"), refused.reason());
        runtime.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void withATokenOnlyWhoShowsItIsLetIn() throws IOException {
        var settings = AdminSettings.of(new HostPort("0.0.0.0", 0)).withToken("s3cret");
        try (var guarded = new RunningAdmin(settings, null)) {
            var uri = URI.create("http://127.0.0.1:" + guarded.uri().getPort());
            for (var header :
                    List.of(
                            "",
                            "Authorization: Bearer wrong\r\n",
                            "Authorization: Bearer s3cre\r\n",
                            "Authorization: Basic s3cret\r\n",
                            "Authorization: Bearer s3cret\r\nAuthorization: Bearer x\r\n")) {
                var reply = Raw.call(uri, "GET", "/status", header, "");
                assertEquals(401, reply.status(), header);
                assertEquals("Bearer", reply.header("www-authenticate"));
            }
            var right = "Authorization: bearer s3cret\r\n";
            assertEquals(200, Raw.call(uri, "GET", "/status", right, "").status());
            assertEquals("AdminSettings[0.0.0.0:0, token=set]", settings.toString());
        }
    }

    @Test
    void whatTwoReadersCouldReadInTwoWaysIsRefusedAndNothingAfterItIsRead() throws IOException {
        var host = "Host: 127.0.0.1:" + port + "\r\n";
        var smuggled = "POST /drain HTTP/1.1\r\n" + host + "\r\n";
        var put = "PUT /config HTTP/1.1\r\n" + host + "Content-Type: application/json\r\n";
        var chunked = put + "Transfer-Encoding: chunked\r\n";
        for (var request :
                List.of(
                        chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n",
                        put + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        put + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                        put + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                        put + "Content-Length: +2\r\n\r\nab",
                        put + "Content-Length: -1\r\n\r\n",
                        put + "Content-Length: 18446744073709551618\r\n\r\nab",
                        put + "Content-Length : 2\r\n\r\nab",
                        chunked + "\r\n0x1\r\na\r\n0\r\n\r\n",
                        chunked + "\r\n-1\r\na\r\n0\r\n\r\n",
                        chunked + "\r\n1\r\nabc\r\n0\r\n\r\n",
                        "GET /config HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n",
                        "GET /config HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n",
                        "GET /config HTTP/1.1\n" + host.replace("\r", "") + "\n",
                        "GET http://evil.example/config HTTP/1.1\r\n" + host + "\r\n",
                        "GET /config\r\n\r\n",
                        "GET /config HTTP/2.0\r\n" + host + "\r\n",
                        "nonsense\r\n\r\n")) {
            var reply = Raw.send(admin.uri(), request + smuggled);
            assertEquals(400, reply.status(), request);
            assertEquals(1, reply.all().split("HTTP/1.1 ", -1).length - 1, reply.all());
        }
        assertEquals(1, admin.subject.drained.getCount());
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws IOException {
        var long1 = "X: " + "a".repeat(200 << 10) + "\r\n";
        assertEquals(431, Raw.call(admin.uri(), "GET", "/config", long1, "").status());
        var many = "X: a\r\n".repeat(20_000);
        assertEquals(431, Raw.call(admin.uri(), "GET", "/config", many, "").status());
    }
}
