package io.batchmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewTextTest {
    private static final ViewBookmark FULL =
            new ViewBookmark(
                    "Büchershop \"1\"",
                    List.of("reviews"),
                    List.of("a->b", "b->c"),
                    "Timeline",
                    "bo",
                    new ViewBookmark.Canvas(10.5, -3, 0.75),
                    new ViewBookmark.Time(
                            Instant.parse("2026-03-01T12:00:00.123Z"),
                            Duration.ofMinutes(5),
                            Duration.ofHours(1),
                            "time before push 7",
                            "monday.bmrec"));
    private static final ViewBookmark BARE =
            new ViewBookmark("t", List.of(), List.of(), "", "", null, ViewBookmark.Time.NOW);

    private static ViewBookmark read(String text) {
        return assertInstanceOf(ViewText.Result.Read.class, ViewText.read(text), text).view();
    }

    private static String refusal(String text) {
        return assertInstanceOf(ViewText.Result.Refused.class, ViewText.read(text)).reason();
    }

    @Test
    void bothFormsSayTheSame() {
        for (var view : List.of(FULL, BARE)) {
            assertEquals(view, read(ViewText.link(view)));
            assertEquals(view, read(ViewText.file(view)));
        }
    }

    @Test
    void theWordSurvivesAChatThatBreaksItsLines() {
        var link = ViewText.link(FULL);
        assertTrue(link.matches("batchmesh-view:1:[A-Za-z0-9_-]+"), link);
        assertEquals(FULL, read("  " + link.substring(0, 60) + "\n  " + link.substring(60) + " "));
    }

    @Test
    void anotherVersionSaysSo() {
        assertTrue(refusal("batchmesh-view:2:abc").contains("another version"));
        assertTrue(
                refusal("{\"format\": \"batchmesh-view/v9\", \"topology\": \"t\"}")
                        .contains("batchmesh-view/v9"));
    }

    @Test
    void faultsAreNamedWithTheirPlace() {
        var unknown = "{\"format\": \"batchmesh-view/v1\", \"topology\": \"t\", \"zoom\": 1}";
        assertTrue(refusal(unknown).contains("unknown field 'zoom'"), refusal(unknown));
        var time =
                "{\"format\": \"batchmesh-view/v1\", \"topology\": \"t\","
                        + " \"time\": {\"at\": \"noon\"}}";
        assertTrue(refusal(time).contains("'noon' is no time"), refusal(time));
        assertTrue(refusal("hello").contains("no bookmark of a view"));
        assertTrue(refusal("").contains("no bookmark of a view"));
    }

    @Test
    void whateverATextHoldsReadingItEnds() {
        var random = new SplittableRandom(7);
        var link = ViewText.link(FULL);
        var file = ViewText.file(FULL);
        for (int i = 0; i < 2_000; i++) {
            for (var text : List.of(link, file)) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                ViewText.read(new String(bytes, StandardCharsets.UTF_8));
                ViewText.read(text.substring(0, random.nextInt(text.length())));
            }
        }
        assertTrue(refusal("x".repeat(ViewText.MOST_CHARS + 1)).contains("longer"));
        var deep = "[".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        refusal(ViewText.PREFIX + Base64.getUrlEncoder().encodeToString(deep));
    }
}
