package io.batchmesh.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Topology;
import io.batchmesh.store.TopologyJson;
import io.batchmesh.store.TopologyResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples are sound, written as they would be saved, and modest enough for two cores. */
class SampleTopologiesTest {
    /** What the findings of a sample are. */
    private static final Map<String, List<String>> SAMPLES =
            Map.of(
                    "bookinfo", List.of("BM-214 reviews → ratings"),
                    "online-boutique", List.of(),
                    "train-ticket", List.of(),
                    "edge-narrow-link", List.of(),
                    "inference", List.of(),
                    "bulk-write", List.of(),
                    "thundering-herd", List.of(),
                    "secured", List.of());

    private static final double MOST_CALLS = 2_000;

    private static String text(String name) {
        var resource = "/sample-topologies/" + name + ".json";
        try (var in = TopologyJson.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Topology read(String name) {
        return switch (TopologyJson.read(text(name).getBytes(StandardCharsets.UTF_8))) {
            case TopologyResult.Read r -> r.topology();
            case TopologyResult.Faulty f -> throw new AssertionError(name + f.faults());
        };
    }

    private static double callsPerSecond(Topology topology) {
        var rates = SimulatedRates.of(topology);
        return topology.links().keySet().stream().mapToDouble(rates::of).sum();
    }

    @Test
    void theFindingsOfASampleAreThoseThatItIsToShow() {
        SAMPLES.forEach((name, expected) -> {
            var found =
                    Validator.validate(read(name)).stream()
                            .map(f -> f.rule() + " " + f.subject())
                            .toList();
            assertEquals(expected, found, name);
        });
    }

    @Test
    void everySampleIsWrittenAsItWouldBeSaved() {
        for (var name : SAMPLES.keySet()) {
            assertEquals(TopologyJson.pretty(read(name)), text(name), name);
            assertEquals(name, read(name).name());
        }
    }

    @Test
    void everySampleHasLoadAndNotTooMuch() {
        for (var name : SAMPLES.keySet()) {
            double calls = callsPerSecond(read(name));
            assertTrue(calls > 100 && calls < MOST_CALLS, name + " makes " + calls);
        }
        double calls = callsPerSecond(read("train-ticket"));
        assertTrue(calls <= 500, "train-ticket makes " + calls);
    }

    @Test
    void theSystemsHaveTheServicesThatTheyReallyHave() {
        var reviews = read("bookinfo").services().get(new ServiceId("reviews"));
        assertNotNull(reviews);
        assertEquals(3, reviews.subsets().size());
        assertEquals(11, inMesh(read("online-boutique")));
        var tickets = read("train-ticket");
        assertEquals(
                41,
                tickets.services().values().stream()
                        .filter(s -> s.kind() == ServiceKind.SERVICE)
                        .count());
        assertTrue(
                tickets.links()
                        .containsKey(LinkId.of("ts-preserve-service", "ts-security-service")));
    }

    private static long inMesh(Topology topology) {
        return topology.services().values().stream()
                .map(Service::kind)
                .filter(k -> k != ServiceKind.EXTERNAL)
                .count();
    }
}
