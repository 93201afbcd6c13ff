package io.batchmesh.ui.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.ui.FxToolkitThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.CssParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StylesTest {
    private static final List<String> SHARED =
            List.of("mapping.css", "controls.css", "components.css", "plots.css");
    private static final Pattern DEFINED = Pattern.compile("(-bm-[a-z-]+)\\s*:");
    private static final Pattern USED =
            Pattern.compile("(?<![\\w-])(-bm-[a-z-]+)(?!\\s*:)(?![\\w-])");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dark.css",
                "light.css",
                "batchmesh.css",
                "mapping.css",
                "controls.css",
                "components.css",
                "plots.css"
            })
    void every_style_sheet_is_read_without_an_error(String name) {
        List<String> errors =
                FxToolkitThread.call(() -> {
                    CssParser.errorsProperty().clear();
                    new CssParser().parse(url(name));
                    return CssParser.errorsProperty().stream()
                            .map(CssParser.ParseError::getMessage)
                            .toList();
                });

        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark.css", "light.css"})
    void every_colour_that_is_used_is_defined_in_the_theme(String theme) {
        Set<String> missing = new TreeSet<>();
        SHARED.forEach(sheet -> missing.addAll(found(USED, text(sheet))));
        missing.removeAll(found(DEFINED, text(theme)));
        missing.removeAll(found(DEFINED, text("plots.css")));

        assertEquals(Set.of(), missing);
    }

    @Test
    void colours_stand_in_the_two_themes_and_nowhere_else() {
        for (String sheet : SHARED) {
            Matcher hex = Pattern.compile("#[0-9a-fA-F]{3,8}\\b").matcher(text(sheet));
            assertTrue(!hex.find(), sheet);
        }
    }

    @Test
    void the_theme_follows_the_choice_and_the_system() {
        FxToolkitThread.call(() -> {
            SimpleObjectProperty<ColorScheme> system =
                    new SimpleObjectProperty<>(ColorScheme.LIGHT);
            Appearance appearance = new Appearance(Appearance.Choice.SYSTEM, system);
            assertEquals(Theme.LIGHT, appearance.themeProperty().get());
            system.set(ColorScheme.DARK);
            assertEquals(Theme.DARK, appearance.themeProperty().get());
            appearance.toggle();
            assertEquals(Theme.LIGHT, appearance.themeProperty().get());
            assertEquals(Appearance.Choice.LIGHT, appearance.choiceProperty().get());
            system.set(ColorScheme.LIGHT);
            appearance.choiceProperty().set(Appearance.Choice.DARK);
            assertEquals(Theme.DARK, appearance.themeProperty().get());
            return true;
        });
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static URL url(String name) {
        return Objects.requireNonNull(Theme.class.getResource("/styles/" + name), name);
    }

    private static String text(String name) {
        try (InputStream in = url(name).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
