package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.policy.BatchWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcTest {
    private static final byte[] MESSAGE = {0, 0, 0, 0, 2, 8, 42};

    private static final OkHttpClient H2 =
            new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                    .readTimeout(Duration.ofSeconds(20))
                    .build();

    private static Sidecar front(
            String address, Peer peer, BatchWindow window, @Nullable TlsConfig tls)
            throws IOException {
        var upstream = new LinkConfig.Upstream(address, null, 1, peer, HttpProtocol.GRPC, null);
        var link = Configs.link(address, peer, window).withSubsets(Map.of("v1", List.of(upstream)));
        return Sidecar.start(Configs.caller(link).withTls(tls), Loops.PARTS);
    }

    private static Sidecar back(GrpcService service, @Nullable TlsConfig tls) throws IOException {
        var inbound =
                new ProxyConfig.Inbound(service.address(), List.of(), null, HttpProtocol.GRPC);
        return Sidecar.start(Configs.called(inbound).withTls(tls), Loops.PARTS);
    }

    private static Request call(Sidecar front) {
        return new Request.Builder()
                .url("http://127.0.0.1:" + front.outboundAddress().getPort() + "/p.S/Echo")
                .header("Host", "back")
                .header("te", "trailers")
                .post(RequestBody.create(MESSAGE, MediaType.get("application/grpc")))
                .build();
    }

    private static void checkCall(Sidecar front, String scheme) throws IOException {
        check(call(front), scheme);
    }

    private static void check(Request call, String scheme) throws IOException {
        try (var response = H2.newCall(call).execute()) {
            assertEquals(200, response.code());
            assertArrayEquals(MESSAGE, response.body().bytes());
            assertEquals("0", response.trailers().get("grpc-status"));
            assertEquals("trailers", response.header("seen-te"));
            assertEquals(scheme, response.header("seen-scheme"));
        }
    }

    @Test
    void aCallToAServiceHasItsTrailers() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 100);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            checkCall(front, "http");
            checkCall(front, "http");
            assertEquals(1, service.opened());
        }
    }

    @ParameterizedTest
    @CsvSource({"false,OFF", "false,AUTO", "true,OFF", "true,AUTO"})
    void aCallThroughTwoSidecarsHasItsTrailers(
            boolean secured, BatchWindow.Policy policy, @TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        var window = BatchWindow.DEFAULT.withPolicy(policy);
        try (var service = new GrpcService(Loops.GROUP, 100);
                var back = back(service, secured ? certificates.good("back") : null);
                var front =
                        front(
                                Loops.address(back),
                                Peer.SIDECAR,
                                window,
                                secured ? certificates.good("front") : null)) {
            for (int i = 0; i < 5; i++) {
                checkCall(front, "http");
            }
            assertEquals(5, service.calls());
            boolean batched = policy != BatchWindow.Policy.OFF;
            assertEquals(batched, Scraped.of(front).value("batchmesh_batches") > 0);
        }
    }

    @Test
    void aConversationGoesBackAndForth() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 100);
                var back = back(service, null);
                var front = front(Loops.address(back), Peer.SIDECAR, BatchWindow.DEFAULT, null);
                var client = new FrameClient(front.outboundAddress())) {
            var head =
                    FrameClient.fields(
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":path",
                            "/p.S/Talk",
                            ":authority",
                            "back",
                            "content-type",
                            "application/grpc",
                            "te",
                            "trailers");
            client.send(FrameClient.HEADERS, FrameClient.END_HEADERS, 1, head);
            client.await(f -> f.stream() == 1 && f.type() == FrameClient.HEADERS);
            for (int i = 0; i < 3; i++) {
                client.send(FrameClient.DATA, 0, 1, MESSAGE);
                var said = client.await(f -> f.stream() == 1 && f.type() == FrameClient.DATA);
                assertArrayEquals(MESSAGE, said.payload());
            }
            client.send(FrameClient.DATA, FrameClient.END_STREAM, 1, new byte[0]);
            assertEquals(FrameClient.HEADERS, client.end(1).type());
        }
    }

    @Test
    void moreCallsThanOneConnectionTakesUseMoreOfThem() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 4);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            assertEquals(300, many(front, 300, 32, () -> {}));
            assertTrue(service.opened() > 1 && service.opened() <= 32, "" + service.opened());
            assertEquals(300, service.calls());
        }
    }

    @Test
    void anUpstreamThatGoesAwayLosesNothing() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 64);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            assertEquals(600, many(front, 600, 16, service::goAway));
            assertTrue(service.opened() > 1, "" + service.opened());
        }
    }

    @Test
    void whatAnUpstreamRefusesUntouchedIsAskedAgain() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 64);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            service.refuse(2);
            checkCall(front, "http");
            assertEquals(1, service.calls());
        }
    }

    @Test
    void aMessageThatHasBegunToGoIsSentAgainToWhomeverTakesTheCall() throws Exception {
        try (var service = new GrpcService(Loops.GROUP, 64);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            service.refuse(2);
            var slowly =
                    new RequestBody() {
                        @Override
                        public MediaType contentType() {
                            return MediaType.get("application/grpc");
                        }

                        @Override
                        public void writeTo(BufferedSink sink) throws IOException {
                            sink.write(MESSAGE, 0, 3);
                            sink.flush();
                            service.awaitRefusals();
                            sink.write(MESSAGE, 3, MESSAGE.length - 3);
                        }
                    };
            check(call(front).newBuilder().post(slowly).build(), "http");
            assertEquals(1, service.calls());
        }
    }

    /** Makes calls, does something after each fifth, and says how many were good. */
    private static int many(Sidecar front, int total, int atATime, Runnable now) throws Exception {
        var client = H2.newBuilder().build();
        client.dispatcher().setMaxRequestsPerHost(atATime);
        var done = new CountDownLatch(total);
        var good = new AtomicInteger();
        var callback =
                new Callback() {
                    @Override
                    public void onFailure(Call call, IOException cause) {
                        done.countDown();
                    }

                    @Override
                    public void onResponse(Call call, Response response) throws IOException {
                        try (response) {
                            boolean own = response.body().bytes().length == MESSAGE.length;
                            if (own && good.incrementAndGet() % (total / 5) == 0) {
                                now.run();
                            }
                        } finally {
                            done.countDown();
                        }
                    }
                };
        for (int i = 0; i < total; i++) {
            client.newCall(call(front)).enqueue(callback);
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        return good.get();
    }

    @Test
    void anUpstreamThatSpeaksNoHttp2IsNamed() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front = front(service.address(), Peer.PLAIN, Configs.off(), null)) {
            try (var response = H2.newCall(call(front)).execute()) {
                assertEquals(502, response.code());
                var said = response.body().string();
                assertTrue(said.contains("HTTP/2"), said);
            }
        }
    }
}
