package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PassThroughTest {
    private static final EventLoopGroup LOOPS =
            Transport.newLoops(2, new DefaultThreadFactory("test-loop", true));
    private static final SidecarParts PARTS =
            new SidecarParts(LOOPS, new Clocks(InstantSource.system(), System::nanoTime));

    @AfterAll
    static void stop() {
        LOOPS.shutdownGracefully();
    }

    @Test
    void aCallGoesThroughTwoSidecarsAndComesBack() throws IOException {
        try (var service = new StandInService(LOOPS, StandInService::echo);
                var back = Sidecar.start(Configs.called(service.address()), PARTS);
                var front = Sidecar.start(Configs.caller(toBack(back)), PARTS);
                var client = new RawClient(front.outboundAddress())) {
            var reply =
                    client.ask("POST /a?b=c HTTP/1.1\r\nHost: back\r\nContent-Length: 2\r\n\r\nhi");
            assertEquals(200, reply.status());
            assertEquals("POST /a?b=c hi", reply.body());
            reply = client.ask("GET /again HTTP/1.1\r\nHost: back:9080\r\n\r\n");
            assertEquals("GET /again ", reply.body());
            reply = client.ask("GET /x HTTP/1.1\r\nHost: nobody\r\n\r\n");
            assertEquals(404, reply.status());
            assertTrue(reply.body().contains("nobody"), reply.body());
        }
    }

    private static io.batchmesh.config.LinkConfig toBack(Sidecar back) {
        return Configs.link(
                "127.0.0.1:" + back.inboundAddress().getPort(), Peer.SIDECAR, Configs.off());
    }
}
