package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    void aKnownTextIsReadWithoutAllocation() {
        var texts = new byte[][] {bytes(exposition(3)), bytes(exposition(4))};
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var i = 0; i < 200; i++) {
            scrape.read(texts[i & 1], texts[i & 1].length, ExpositionFormat.PROMETHEUS);
        }
        var before = bean.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < 100; i++) {
            scrape.read(texts[i & 1], texts[i & 1].length, ExpositionFormat.PROMETHEUS);
        }
        var perSample = (bean.getCurrentThreadAllocatedBytes() - before) / 100.0 / scrape.samples();
        assertTrue(perSample < 1, perSample + " bytes per sample");
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
