package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the colours of a theme from its style sheets without the toolkit, for pictures that are
 * made where there is none.
 */
final class StyleColors {
    private static final Pattern COLOR =
            Pattern.compile("(-bm-[a-z-]+)\\s*:\\s*(#[0-9a-fA-F]{6}|-bm-[a-z-]+)\\s*;");
    private static final String DRAWN = "-bm-drawn-";
    private static final int MAX_STEPS = 8;

    private StyleColors() {}

    /** A CSS colour for every swatch. */
    static Map<Swatch, String> of(Theme theme) {
        var sheet = URI.create(theme.stylesheet());
        var found = new HashMap<String, String>();
        read(text(sheet), found);
        read(text(URI.create(theme.stylesheet().replaceAll("[^/]+$", "plots.css"))), found);
        var colors = new EnumMap<Swatch, String>(Swatch.class);
        for (var swatch : Swatch.values()) {
            var name = DRAWN + swatch.name().toLowerCase(Locale.ROOT).replace('_', '-');
            colors.put(swatch, resolved(name, found));
        }
        return colors;
    }

    private static void read(String css, Map<String, String> found) {
        var matcher = COLOR.matcher(css);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
    }

    private static String resolved(String name, Map<String, String> found) {
        var value = name;
        for (var i = 0; i < MAX_STEPS && value.startsWith("-"); i++) {
            value = found.getOrDefault(value, "");
        }
        if (!value.startsWith("#")) {
            throw new IllegalStateException("the style sheets give no colour for " + name);
        }
        return value;
    }

    private static String text(URI sheet) {
        try (var in = sheet.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet " + sheet + " cannot be read", e);
        }
    }
}
