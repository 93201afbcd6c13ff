package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CredentialsTest {
    private static BatchWindow packed(Compression.Context context) {
        return new BatchWindow(
                BatchWindow.Policy.AUTO,
                Duration.ofMillis(5),
                64,
                256 << 10,
                null,
                null,
                new Compression(Compression.Codec.ZSTD, 3, context, 512));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceSeesTheCredentialsThatEachRequestCameWith(Compression.Context context)
            throws IOException {
        try (var service =
                        new StandInService(
                                Loops.GROUP,
                                (ctx, request) ->
                                        StandInService.text(
                                                200,
                                                request.headers().getAll("authorization")
                                                        + " "
                                                        + request.headers().getAll("cookie")));
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, packed(context)));
                var client = new RawClient(front.outboundAddress())) {
            for (int i = 0; i < 12; i++) {
                int caller = i % 3;
                var reply =
                        client.ask(
                                "GET /%d HTTP/1.1\r\nHost: back\r\nAuthorization: Bearer %d\r\nCookie: c=%d\r\n\r\n"
                                        .formatted(i, caller, caller));
                assertEquals("[Bearer %d] [c=%d]".formatted(caller, caller), reply.body());
            }
            var anonymous = client.ask("GET /none HTTP/1.1\r\nHost: back\r\n\r\n");
            assertEquals("[] []", anonymous.body());
        }
    }
}
