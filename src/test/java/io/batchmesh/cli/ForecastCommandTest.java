package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForecastCommandTest {
    private static final String FILE = Path.of("sample-topologies/bookinfo.json").toString();

    private final CommandRun shell = new CommandRun();

    @AfterEach
    void close() {
        shell.close();
    }

    private int forecast(String... more) {
        var all = new String[more.length + 4];
        all[0] = "forecast";
        all[1] = FILE;
        all[2] = "--link";
        all[3] = "ingress->productpage";
        System.arraycopy(more, 0, all, 4, more.length);
        return shell.run(all);
    }

    @Test
    void aFixedWindowIsForecastByTheFormulas() {
        assertEquals(
                ExitCode.DONE,
                forecast("--rate", "5000", "--policy", "fixed", "--linger", "2ms", "--json"));
        var said = shell.json();
        assertEquals(11.0, said.get("itemsPerBatch").asDouble(), 0.01);
        assertEquals(0.001091, said.get("wait").asDouble(), 1e-6);
        assertEquals(5000 / 11.0, said.get("framesPerSecond").asDouble(), 1);
        assertEquals(5000, said.get("serviceCallsPerSecond").asDouble(), 1e-9);
        for (var name : new String[] {"p50", "p99", "cores"}) {
            assertTrue(said.get(name).asDouble() > 0, name);
        }
    }

    @Test
    void itSaysWhenAWindowOnlyAddsLatency() {
        assertEquals(
                ExitCode.DONE, forecast("--rate", "20", "--policy", "fixed", "--linger", "2ms"));
        assertTrue(shell.out().contains("This window only adds latency"), shell.out());
    }

    @Test
    void whatTheFileDoesNotHaveIsSaidInOneLine() {
        assertEquals(ExitCode.USAGE, shell.run("forecast", FILE, "--link", "a->b"));
        assertTrue(shell.err().contains("no such link; there are ingress->productpage"));
        assertEquals(ExitCode.USAGE, forecast("--policy", "magic"));
        assertEquals(ExitCode.USAGE, forecast("--linger", "soon"));
        assertEquals(ExitCode.USAGE, forecast("--policy", "targetP99"));
        assertEquals(ExitCode.USAGE, forecast("--rate", "0"));
    }

    @Test
    void itAdvisesOnAllLinksByWhatTheFileSimulates() {
        assertEquals(ExitCode.DONE, shell.run("forecast", FILE, "--advise", "--json"));
        var advice = shell.json().get("advice");
        var lone = advice.valueStream().filter(a -> is(a, "reviews->ratings")).toList();
        assertEquals("loses", lone.getFirst().get("kind").asString());
        assertEquals("auto", lone.getFirst().get("batch").get("policy").asString());
        double before = lone.getFirst().get("before").get("mean").asDouble();
        assertTrue(lone.getFirst().get("after").get("mean").asDouble() < before);
    }

    private static boolean is(tools.jackson.databind.JsonNode advice, String link) {
        return advice.get("link").asString().equals(link);
    }

    @Test
    void adviceIsInWordsAndForOneLinkWhenItIsNamed() {
        assertEquals(ExitCode.DONE, forecast("--advise"));
        assertTrue(shell.out().contains("ingress->productpage: "), shell.out());
        assertTrue(!shell.out().contains("reviews->ratings"), shell.out());
        assertEquals(ExitCode.USAGE, shell.run("forecast", FILE));
        assertTrue(shell.err().contains("--advise"), shell.err());
        assertEquals(ExitCode.USAGE, forecast("--advise", "--for", "1h"));
    }
}
