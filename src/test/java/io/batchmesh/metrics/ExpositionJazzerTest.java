package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/**
 * Any bytes at all as an exposition: read or refused with a place; read again and again, from a
 * table that knows the lines, the same.
 */
class ExpositionJazzerTest {
    @FuzzTest(maxDuration = "5m")
    void bytesAreAnExpositionOrRefused(byte[] bytes) {
        for (var format : ExpositionFormat.values()) {
            var table = new SeriesTable(ExpositionLimits.DEFAULT);
            var first = new Scrape(table);
            var failure = first.read(bytes, bytes.length, format);
            var second = new Scrape(table);
            assertEquals(failure, second.read(bytes, bytes.length, format));
            assertEquals(first.samples(), second.samples());
            for (var id = 0; id < table.size(); id++) {
                assertEquals(0, Double.compare(first.value(id), second.value(id)));
            }
            var result = Exposition.lenient(bytes, format, ExpositionLimits.DEFAULT);
            switch (result) {
                case Malformed malformed -> assertFalse(malformed.message().isBlank());
                case Exposition exposition -> {
                    assertEquals(Optional.empty(), failure);
                    assertEquals(
                            first.samples(),
                            exposition.families().stream()
                                    .mapToInt(family -> family.samples().size())
                                    .sum());
                }
            }
            if (failure.isPresent()) {
                var place = failure.get();
                assertTrue(place.line() >= 1 && place.column() >= 1);
                assertTrue(place.line() + place.column() <= bytes.length + 2);
            }
        }
    }
}
