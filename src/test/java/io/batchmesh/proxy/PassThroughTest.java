package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PassThroughTest {

    @Test
    void aCallGoesThroughTwoSidecarsAndComesBack() throws IOException {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, Configs.off()));
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
}
