package io.batchmesh.validate;

import static io.batchmesh.validate.Texts.gateway;
import static io.batchmesh.validate.Texts.link;
import static io.batchmesh.validate.Texts.links;
import static io.batchmesh.validate.Texts.service;
import static io.batchmesh.validate.Texts.services;
import static io.batchmesh.validate.Texts.topology;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedRatesTest {
    private static final String RATE = "'simulation':{'rate':100}";

    private static String calls(double calls) {
        return "'simulation':{'calls':" + calls + "}";
    }

    @Test
    void loadIsPassedOnTimesTheCallsForEachRequest() {
        var topology =
                topology(
                        services(gateway("a"), service("b"), service("c"), service("d")),
                        links(
                                link("c", "d", calls(2)),
                                link("b", "d"),
                                link("b", "c", calls(0.5)),
                                link("a", "b", RATE)));
        var rates = SimulatedRates.of(topology);
        assertEquals(100, rates.of(LinkId.of("b", "d")));
        assertEquals(50, rates.of(LinkId.of("b", "c")));
        assertEquals(100, rates.of(LinkId.of("c", "d")));
        assertEquals(200, rates.of(new ServiceId("d")));
        assertFalse(rates.isEndless());
    }

    @Test
    void callsThatGoRoundAddUpToTheSumOfTheRounds() {
        var topology =
                topology(
                        services(gateway("a"), service("b"), service("c"), service("d")),
                        links(
                                link("a", "b", RATE),
                                link("b", "c"),
                                link("c", "b", calls(0.5)),
                                link("c", "d")));
        var rates = SimulatedRates.of(topology);
        assertEquals(200, rates.of(LinkId.of("b", "c")), 1e-3);
        assertEquals(200, rates.of(LinkId.of("c", "d")), 1e-3);
        assertFalse(rates.isEndless());
    }

    @Test
    void callsThatGoRoundForEverAreSeen() {
        var topology =
                topology(
                        services(gateway("a"), service("b"), service("c")),
                        links(
                                link("a", "b", RATE),
                                link("b", "c", calls(2)),
                                link("c", "b", calls(0.5))));
        assertTrue(SimulatedRates.of(topology).isEndless());
    }

    @Test
    void aLinkWithARateOfItsOwnEndsACircle() {
        var topology =
                topology(
                        services(service("b"), service("c")),
                        links(link("b", "c"), link("c", "b", RATE)));
        var rates = SimulatedRates.of(topology);
        assertFalse(rates.isEndless());
        assertEquals(100, rates.of(LinkId.of("b", "c")));
    }

    @Test
    void aLargeTopologyIsValidatedBetweenTwoEdits() {
        var random = new SplittableRandom(1);
        List<String> services = new ArrayList<>();
        List<String> links = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            services.add(i == 0 ? gateway("s0") : service("s" + i));
            for (int k = 0; i > 0 && k < 2; k++) {
                var caller = "s" + (k == 0 ? i - 1 : random.nextInt(i));
                if (k == 0 || !caller.equals("s" + (i - 1))) {
                    links.add(link(caller, "s" + i, i == 1 ? RATE : calls(0.4)));
                }
            }
        }
        var topology =
                topology(
                        services(services.toArray(String[]::new)),
                        links(links.toArray(String[]::new)));
        var found = assertTimeout(Duration.ofSeconds(5), () -> Validator.validate(topology));
        assertEquals(List.of(), found);
    }
}
