package io.batchmesh.ui.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.ui.FxToolkitThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
    private static final double READABLE = 4.5;

    /** Words in the first colour stand on each of the others. */
    private static final Map<Swatch, List<Swatch>> WORDS_ON =
            Map.of(
                    Swatch.TEXT, everyGround(),
                    Swatch.MUTED, everyGround(),
                    Swatch.FAINT, List.of(Swatch.PANEL, Swatch.RAISED, Swatch.NODE),
                    Swatch.ACCENT, List.of(Swatch.PANEL, Swatch.RAISED, Swatch.NODE),
                    Swatch.ACCENT_TEXT, everyGround(),
                    Swatch.ON_ACCENT, List.of(Swatch.ACCENT, Swatch.OK, Swatch.WARN, Swatch.ERROR),
                    Swatch.OK, with(Swatch.OK_SOFT),
                    Swatch.WARN, with(Swatch.WARN_SOFT),
                    Swatch.ERROR, with(Swatch.ERROR_SOFT));

    @ParameterizedTest
    @EnumSource(Theme.class)
    void words_can_be_read_on_everything_they_stand_on(Theme theme) {
        Palette palette = FxToolkitThread.call(theme::palette);

        List<String> faults = new ArrayList<>();
        WORDS_ON.forEach((words, grounds) -> {
            for (Swatch ground : grounds) {
                double contrast = contrast(palette.of(words), palette.of(ground));
                if (contrast < READABLE) {
                    faults.add("%s on %s: %.2f".formatted(words, ground, contrast));
                }
            }
        });

        assertEquals(List.of(), faults);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void stages_that_touch_differ_in_brightness(Theme theme) {
        List<Color> stages = FxToolkitThread.call(theme::palette).stages();

        for (int i = 1; i < stages.size(); i++) {
            double contrast = contrast(stages.get(i - 1), stages.get(i));
            assertTrue(
                    contrast > 1.7, theme + ": stages " + (i - 1) + " and " + i + ": " + contrast);
        }
    }

    @Test
    void the_colours_are_those_of_the_design() {
        Palette dark = FxToolkitThread.call(Theme.DARK::palette);
        Palette light = FxToolkitThread.call(Theme.LIGHT::palette);

        assertEquals(Color.web("#0e131d"), dark.ground());
        assertEquals(Color.web("#5b9dff"), dark.accent());
        assertEquals(Color.web("#d0662f"), dark.stages().get(4));
        assertEquals(Color.web("#f4f6fa"), light.ground());
        assertEquals(Color.web("#1f6feb"), light.accent());
        assertEquals(Color.web("#123f9c"), light.stages().get(0));
    }

    @Test
    void no_colour_is_missing_in_a_theme() {
        for (Theme theme : Theme.values()) {
            Palette palette = FxToolkitThread.call(theme::palette);
            palette.colors().forEach((swatch, color) -> assertTrue(color.isOpaque(), swatch::name));
        }
    }

    @Test
    void a_palette_follows_the_theme_of_its_scene() {
        List<Color> seen =
                FxToolkitThread.call(() -> {
                    PaletteRegion region = new PaletteRegion();
                    Scene scene = new Scene(region);
                    List<Color> grounds = new ArrayList<>();
                    region.paletteProperty().subscribe(p -> grounds.add(p.ground()));
                    scene.setUserAgentStylesheet(Theme.DARK.stylesheet());
                    region.applyCss();
                    scene.setUserAgentStylesheet(Theme.LIGHT.stylesheet());
                    region.applyCss();
                    return grounds;
                });

        assertEquals(Color.web("#f4f6fa"), seen.getLast());
        assertNotEquals(seen.getFirst(), seen.getLast());
        assertTrue(seen.contains(Color.web("#0e131d")));
    }

    private static List<Swatch> everyGround() {
        return List.of(
                Swatch.GROUND,
                Swatch.PANEL,
                Swatch.RAISED,
                Swatch.NODE,
                Swatch.HOVER,
                Swatch.SELECTION,
                Swatch.ACCENT_SOFT);
    }

    private static List<Swatch> with(Swatch soft) {
        return List.of(Swatch.GROUND, Swatch.PANEL, Swatch.RAISED, Swatch.NODE, soft);
    }

    /** WCAG 2.2, section 1.4.3. */
    private static double contrast(Color a, Color b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
