package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.AdminRuntime;
import io.batchmesh.admin.AdminServer;
import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.AdminStart;
import io.batchmesh.admin.tap.SecretNames;
import io.batchmesh.admin.tap.TapFilter;
import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.LiveTap;
import io.batchmesh.observe.TapState;
import io.batchmesh.proxy.tap.Taps;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.target.AdminAccess;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.TapEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tap through the admin endpoint of a running sidecar. */
class TapOverHttpTest {
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient http = new OkHttpClient();
    private final StandInService service = new StandInService(Loops.GROUP, StandInService::echo);
    private @Nullable Sidecar back;
    private @Nullable Sidecar front;
    private @Nullable AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        back = Loops.back(service.address());
        front = Loops.front(Loops.to(back, Configs.fixed(Duration.ofMillis(5))));
        admin = serve(front, "the-token");
    }

    private AdminServer serve(Sidecar sidecar, String token) {
        var runtime =
                AdminRuntime.of(Loops.GROUP, io, Loops.PARTS.clocks())
                        .withMeter(sidecar.activityMeter());
        var settings = AdminSettings.loopback().withToken(token);
        var start = AdminServer.start(settings, sidecar, sidecar.config(), runtime);
        return assertInstanceOf(AdminStart.Started.class, start).server();
    }

    @AfterEach
    void stop() {
        close(admin);
        close(front);
        close(back);
        service.close();
        io.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static void close(@Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("not started");
        }
        return value;
    }

    private ProxyEndpointRef proxy() {
        return at(present(admin).uri());
    }

    private static ProxyEndpointRef at(URI uri) {
        return ProxyEndpointRef.of(new ProxyId("front-1"), new ServiceId("front"), "v1", uri);
    }

    private LiveTap tap(@Nullable String token, TapOrder order) throws Exception {
        var client = AdminClient.with(http, AdminAccess.byToken(token), Instant.now());
        return LiveTap.open(client, io, List.of(proxy()), order, "ann");
    }

    private static TapState state(LiveTap tap) {
        return tap.view().states().values().iterator().next();
    }

    private void ask(String target) throws IOException {
        try (var client = new RawClient(present(front).outboundAddress())) {
            assertEquals(
                    200, client.ask("GET " + target + " HTTP/1.1\r\nHost: back\r\n\r\n").status());
        }
    }

    @Test
    void requestsAreReadAsTheyComeAndCloseMakesRoom() throws Exception {
        try (var tap = tap("the-token", TapOrder.USUAL)) {
            assertTrue(Loops.soon(() -> state(tap) instanceof TapState.Open), state(tap)::toString);
            ask("/a?x=1");
            assertTrue(Loops.soon(() -> tap.view().number() == 1));
            var entry = tap.view().kept().getFirst();
            assertEquals("/a", entry.request().asked().path());
            assertEquals("x=*", entry.request().asked().query());
            assertEquals("batched", entry.request().answer().way());
            assertEquals(5, entry.request().times().stages().size());
            assertTrue(Loops.soon(() -> tap.view().counts().matched() == 1), "counts come too");
            tap.stop();
            assertTrue(tap.await(5_000));
            assertEquals(new TapState.Ended(new TapEnd.Closed()), state(tap));
        }
        // The sidecar knows that nobody reads any more: all places are free.
        assertTrue(
                Loops.soon(() -> {
                    int opened = 0;
                    for (int i = 0; i < Taps.MOST; i++) {
                        if (present(front).tap(TapOrder.USUAL) instanceof TapStart.Open(var own)) {
                            opened++;
                            io.execute(own::close);
                        }
                    }
                    return opened == Taps.MOST;
                }));
    }

    @Test
    void itEndsByItself() throws Exception {
        try (var tap = tap("the-token", TapOrder.USUAL.withTime(Duration.ofSeconds(1)))) {
            assertTrue(tap.await(10_000));
            assertEquals(new TapState.Ended(new TapEnd.Over("time")), state(tap));
        }
    }

    @Test
    void whoHasNoTokenSeesNothing() throws Exception {
        try (var tap = tap(null, TapOrder.USUAL)) {
            assertTrue(tap.await(10_000));
            var ended = assertInstanceOf(TapState.Ended.class, state(tap));
            assertInstanceOf(TapEnd.Refused.class, ended.how());
        }
    }

    @Test
    void beyondTheBoundOneIsRefusedInWords() throws Exception {
        for (int i = 0; i < Taps.MOST; i++) {
            assertInstanceOf(TapStart.Open.class, present(front).tap(TapOrder.USUAL));
        }
        try (var tap = tap("the-token", TapOrder.USUAL)) {
            assertTrue(tap.await(10_000));
            var ended = assertInstanceOf(TapState.Ended.class, state(tap));
            var refused = assertInstanceOf(TapEnd.Refused.class, ended.how());
            assertTrue(refused.reason().contains("4 are open"), refused.reason());
        }
    }

    @Test
    void aProxyThatCannotBeReachedIsSaid() throws Exception {
        var server = present(admin);
        server.close();
        try (var tap = tap("the-token", TapOrder.USUAL)) {
            assertTrue(tap.await(10_000));
            var ended = assertInstanceOf(TapState.Ended.class, state(tap));
            assertEquals(new TapEnd.Broken("connection refused"), ended.how());
        }
    }

    private String raw(String target) throws IOException {
        var uri = present(admin).uri();
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var text =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer the-token\r\n\r\n"
                            .formatted(target, uri.getAuthority());
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
            var lines = new BufferedReader(in);
            var all = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                all.append(line).append('\n');
                if (line.contains("\"until\"") || line.contains("\"status\"")) {
                    return all.toString();
                }
            }
            return all.toString();
        }
    }

    @Test
    void itIsAStreamOfLinesAndCredentialsCannotBeAskedFor() throws IOException {
        var open = raw("/tap?time=1s");
        assertTrue(open.startsWith("HTTP/1.1 200 "), open);
        assertTrue(open.contains("content-type: application/x-ndjson"), open);
        assertTrue(open.contains("transfer-encoding: chunked"), open);
        for (var bad :
                List.of(
                        "show=Authorization",
                        "show=x-api-key",
                        "header=Cookie:a",
                        "rate=101",
                        "time=11min",
                        "code=9xx",
                        "percent=0")) {
            var refused = raw("/tap?" + bad);
            assertTrue(refused.startsWith("HTTP/1.1 400 "), bad + ": " + refused);
        }
        assertFalse(raw("/tap?shows=a").startsWith("HTTP/1.1 200 "), "a mistyped name is refused");
    }

    @Test
    void aHeaderThatIsACredentialIsRefusedByWhoeverMakesAnOrder() {
        for (var name : CallerIdentity.CREDENTIAL_FIELDS) {
            var text = name.toString();
            assertTrue(SecretNames.includes(text), text);
        }
        assertEquals("all requests", TapFilter.ALL.describe());
    }
}
