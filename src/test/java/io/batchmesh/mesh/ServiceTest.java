package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.BulkApi;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceSimulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private final VirtualLoop time = new VirtualLoop();
    private final List<String> answers = new ArrayList<>();

    private Service service(ServiceSimulation simulation) {
        var bulk = new BulkApi(BulkApi.Format.NDJSON, "/_bulk");
        var spec = new StandIn.Spec(new ServiceId("s"), simulation, bulk, 1);
        return new Service(spec, time.loop());
    }

    private void get(Service service) {
        serve(service, "GET", "/", "");
    }

    private void serve(Service service, String method, String path, String body) {
        double start = time.millis();
        var cause = new Outgoing.Cause(null, "");
        service.serve(
                new Service.Request(method, path, "n", null, cause, body),
                reply -> answers.add(reply.status() + " after " + (time.millis() - start)));
    }

    private static ServiceSimulation takes(int serviceMillis, int itemMillis, int concurrency) {
        return new ServiceSimulation(
                Duration.ofMillis(serviceMillis),
                Duration.ofMillis(itemMillis),
                64,
                concurrency,
                0);
    }

    @Test
    void aCallTakesTheServiceTimeAndTheTimeOfOneItem() {
        var service = service(takes(30, 10, 0));
        get(service);
        get(service);
        time.advance(Duration.ofMillis(39));
        assertEquals(List.of(), answers);
        time.advance(Duration.ofMillis(2));
        assertEquals(List.of("200 after 40.0", "200 after 40.0"), answers);
    }

    @Test
    void callsBeyondTheConcurrencyWaitForTheirTurn() {
        var service = service(takes(40, 0, 2));
        for (int i = 0; i < 5; i++) {
            get(service);
        }
        time.advance(Duration.ofSeconds(1));
        assertEquals(
                List.of(
                        "200 after 40.0",
                        "200 after 40.0",
                        "200 after 80.0",
                        "200 after 80.0",
                        "200 after 120.0"),
                answers);
    }

    @Test
    void aBulkOfManyItemsTakesTheServiceTimeOnce() {
        var service = service(takes(8, 1, 1));
        serve(service, "POST", "/_bulk", "{}\n".repeat(32));
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("200 after 40.0"), answers);
    }

    @Test
    void whenTooManyWaitACallIsRefusedAtOnce() {
        var service = service(takes(1000, 0, 1));
        for (int i = 0; i < 1 + ServiceQueue.MOST_WAITING; i++) {
            get(service);
        }
        assertEquals(List.of(), answers);
        get(service);
        assertEquals(List.of("503 after 0.0"), answers);
    }

    @Test
    void errorsComeInTheShareThatTheSimulationSays() {
        var service = service(new ServiceSimulation(Duration.ZERO, Duration.ZERO, 64, 0, 20));
        for (int i = 0; i < 5000; i++) {
            get(service);
        }
        long errors = answers.stream().filter(a -> a.startsWith("500")).count();
        assertTrue(errors > 850 && errors < 1150, "20 % of 5000 were " + errors + ", seed 1");
    }
}
