package io.batchmesh.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps source files small, and words out of them that mean unfinished work. */
class SourceSizeTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final int MOST_LINES = 400;
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|printStackTrace|\\.setStyle\\(");

    @Test
    void noSourceFileIsLongerThan400Lines() throws IOException {
        assertEquals(List.of(), sources(MAIN).filter(f -> lines(f).size() > MOST_LINES).toList());
    }

    @Test
    void halfOfTheSourceFilesAreShorterThan120Lines() throws IOException {
        var sizes = sources(MAIN).map(f -> lines(f).size()).sorted().toList();
        int median = sizes.get(sizes.size() / 2);
        assertTrue(median <= 120, "the median is " + median);
    }

    @Test
    void nothingIsLeftUnfinishedOrStyledInJava() throws IOException {
        var found =
                Stream.concat(sources(MAIN), sources(TEST))
                        .filter(f -> !f.endsWith("SourceSizeTest.java"))
                        .filter(f -> lines(f).stream().anyMatch(UNFINISHED.asPredicate()))
                        .toList();
        assertEquals(List.of(), found);
    }

    private static Stream<Path> sources(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            return walk.filter(f -> f.toString().endsWith(".java")).toList().stream();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
