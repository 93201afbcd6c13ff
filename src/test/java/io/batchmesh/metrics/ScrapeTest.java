package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ScrapeTest {
    private final SeriesTable table = new SeriesTable(ExpositionLimits.DEFAULT);
    private final Scrape scrape = new Scrape(table);

    private Optional<Malformed> read(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return scrape.read(bytes, bytes.length, ExpositionFormat.PROMETHEUS);
    }

    /** What the last reading holds, by name and labels. */
    private static Map<String, Double> content(Scrape scrape) {
        var content = new TreeMap<String, Double>();
        for (var id = 0; id < scrape.table().size(); id++) {
            var name = scrape.table().name(id);
            if (name != null && scrape.has(id)) {
                content.put(name.metric() + name.labels(), scrape.value(id));
            }
        }
        return content;
    }

    @Test
    void seriesKeepTheirIdsAndGetNewValues() {
        assertEquals(Optional.empty(), read("# TYPE a counter\na{x=\"1\"} 1\na{x=\"2\"} 2\n"));
        var size = table.size();
        assertEquals(Map.of("a{x=1}", 1.0, "a{x=2}", 2.0), content(scrape));
        assertEquals(Optional.empty(), read("# TYPE a counter\na{x=\"1\"} 10\na{x=\"2\"} 20\n"));
        assertEquals(Map.of("a{x=1}", 10.0, "a{x=2}", 20.0), content(scrape));
        assertEquals(size, table.size());
        assertEquals(MetricType.COUNTER, table.type("a"));
    }

    @Test
    void seriesMayComeGoAndChangeTheirOrder() {
        read("a 1\nb 2\nc 3\n");
        read("c 4\nd 5\na 6\n");
        assertEquals(Map.of("a{}", 6.0, "c{}", 4.0, "d{}", 5.0), content(scrape));
        read("a 1\nb 2\nc 3\n");
        assertEquals(Map.of("a{}", 1.0, "b{}", 2.0, "c{}", 3.0), content(scrape));
    }

    @Test
    void aKnownNameIsNotTakenForALongerOneThatBeginsAlike() {
        read("a 1\nab 2\n");
        read("ab 3\na {x=\"1\"} 4\n");
        assertEquals(Map.of("ab{}", 3.0, "a{x=1}", 4.0), content(scrape));
        read("# HELP a b\na 1\n");
        read("# HELP a bc\na 1\n");
        assertEquals(Map.of("a{}", 1.0), content(scrape));
    }

    @Test
    void aReadingThatFailsIsEmpty() {
        read("a 1\nb 2\n");
        var failure = read("a 5\nb x\n");
        assertTrue(failure.isPresent());
        assertEquals(2, failure.get().line());
        assertEquals(0, scrape.samples());
        assertEquals(Map.of(), content(scrape));
    }

    @Test
    void changingCommentsDoNotFillTheTable() {
        read("# generated at 1\na 1\n");
        var size = table.size();
        for (var i = 0; i < 100; i++) {
            read("# generated at " + i + "\na 1\n");
        }
        assertEquals(size, table.size());
    }

    @Test
    void theTableIsBounded() {
        var small = new Scrape(new SeriesTable(new ExpositionLimits(1000, 5, 5, 100)));
        var failed = false;
        for (var i = 0; i < 100 && !failed; i++) {
            var text = ("a" + i + " 1\n").getBytes(StandardCharsets.UTF_8);
            failed = small.read(text, text.length, ExpositionFormat.PROMETHEUS).isPresent();
        }
        assertTrue(failed);
        assertTrue(small.table().size() <= 12);
    }

    @Test
    void readsTheSameAsTheSlowWay() {
        var text = exposition(7);
        read(text);
        read(exposition(8));
        assertEquals(Optional.empty(), read(text));
        var slow = new TreeMap<String, Double>();
        if (Exposition.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Exposition all) {
            all.families()
                    .forEach(f ->
                            f.samples().forEach(s -> slow.put(s.name() + s.labels(), s.value())));
        }
        assertFalse(slow.isEmpty());
        assertEquals(slow, content(scrape));
    }

    @Test
    void ofASeriesThatOccursTwiceTheFirstCountsUnlessItHasTimes() {
        read("a 1\na 2\nb 1 1000\nb 2 2000\n");
        assertEquals(Map.of("a{}", 1.0, "b{}", 2.0), content(scrape));
        assertEquals(1, scrape.duplicates());
        read("a 3\n");
        assertEquals(0, scrape.duplicates());
    }

    /** In their order, out of it, and with series that come and go: the same as read anew. */
    @Test
    void aTextInAnyOrderIsReadAsIfForTheFirstTime() {
        var seed = 20_261_122L;
        var random = new SplittableRandom(seed);
        for (var round = 0; round < 60; round++) {
            var lines = new ArrayList<>(exposition(random.nextInt(1, 1000)).lines().toList());
            lines.removeIf(line -> random.nextInt(20) == 0);
            if (round % 3 == 1) {
                Collections.rotate(lines, random.nextInt(lines.size()));
            } else if (round % 3 == 2) {
                Collections.shuffle(lines, new Random(random.nextLong()));
            }
            var text = String.join("\n", lines) + "\n";
            assertEquals(Optional.empty(), read(text));
            var fresh = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
            fresh.read(bytes(text), bytes(text).length, ExpositionFormat.PROMETHEUS);
            assertEquals(content(fresh), content(scrape), "round " + round + ", seed " + seed);
        }
    }

    @Test
    void aKnownTextIsReadWithoutAllocation() {
        assertAllocatesNothing(UnaryOperator.identity());
    }

    @Test
    void aKnownTextInAnotherOrderIsReadWithoutAllocation() {
        assertAllocatesNothing(text -> {
            var lines = new ArrayList<>(text.lines().toList());
            Collections.reverse(lines);
            return String.join("\n", lines) + "\n";
        });
    }

    /** At most 0.01 bytes per sample, of 8,000 series. */
    private void assertAllocatesNothing(UnaryOperator<String> change) {
        var texts = new byte[][] {bytes(large(3)), bytes(change.apply(large(4)))};
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var i = 0; i < 60; i++) {
            scrape.read(texts[i & 1], texts[i & 1].length, ExpositionFormat.PROMETHEUS);
        }
        assertEquals(8_000, scrape.samples());
        var before = bean.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 50; i++) {
            scrape.read(texts[i & 1], texts[i & 1].length, ExpositionFormat.PROMETHEUS);
        }
        var perSample = (bean.getCurrentThreadAllocatedBytes() - before) / 50.0 / scrape.samples();
        assertTrue(perSample <= 0.01, perSample + " bytes per sample");
    }

    private static String large(int round) {
        var text = new StringBuilder("# TYPE r_total counter\n");
        for (var i = 0; i < 8_000; i++) {
            text.append("r_total{link=\"a->b").append(i).append("\",code=\"200\"} ");
            switch (i % 4) {
                case 0 -> text.append(i * round);
                case 1 -> text.append(i / 7.0 * round);
                case 2 -> text.append(i * 1.5e-9 * round).append(" 1700000000000");
                default -> text.append("NaN");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String exposition(int round) {
        var text = new StringBuilder("# TYPE r_total counter\n");
        for (var i = 0; i < 300; i++) {
            text.append("r_total{link=\"a->b").append(i).append("\",code=\"200\"} ");
            text.append(i * round).append('\n');
        }
        text.append("# HELP d How long.\n# TYPE d histogram\n");
        for (var i = 0; i < 50; i++) {
            text.append("d_bucket{le=\"").append(i / 10.0).append("\"} ").append(i * round);
            text.append("\nd_sum{i=\"")
                    .append(i)
                    .append("\"} ")
                    .append(i * 0.25 * round)
                    .append('\n');
        }
        return text.toString();
    }
}
