package io.batchmesh.app;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The system libraries that JavaFX needs on Linux, which no Java package brings along. Asked before
 * JavaFX is started, since it would end in a stack trace that does not name the package.
 */
public final class SystemLibraries {
    private static final Map<String, String> DRAWING =
            packages(
                    "libfreetype.so.6", "libfreetype6",
                    "libfontconfig.so.1", "libfontconfig1",
                    "libpango-1.0.so.0", "libpango-1.0-0",
                    "libpangoft2-1.0.so.0", "libpangoft2-1.0-0");
    private static final Map<String, String> WINDOWS =
            packages("libgtk-3.so.0", "libgtk-3-0", "libXtst.so.6", "libxtst6");
    private static final List<String> FONT_FOLDERS =
            List.of(
                    "/usr/share/fonts",
                    "/usr/local/share/fonts",
                    System.getProperty("user.home") + "/.fonts",
                    System.getProperty("user.home") + "/.local/share/fonts");
    private static final int FONT_DEPTH = 6;

    private SystemLibraries() {}

    private static Map<String, String> packages(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** Ends with 1 and one line that names the packages, when drawing would fail; for builds. */
    public static void main(String[] args) {
        System.exit(report(missing(false), System.err) ? 0 : 1);
    }

    private static boolean report(List<String> missing, PrintStream err) {
        if (!missing.isEmpty()) {
            err.println(advice(missing));
        }
        return missing.isEmpty();
    }

    /** One line that says what to install. */
    static String advice(List<String> packages) {
        return "JavaFX needs system packages that are not installed: apt-get install "
                + String.join(" ", packages)
                + " (Debian's names; other systems call them alike)";
    }

    /**
     * The Debian packages that are missing.
     *
     * @param windows whether a window is to be opened, or only pictures are to be drawn
     */
    static List<String> missing(boolean windows) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return List.of();
        }
        return missing(windows, SystemLibraries::loads, fonts());
    }

    static List<String> missing(boolean windows, Predicate<String> loads, boolean fonts) {
        var wanted = new LinkedHashMap<>(DRAWING);
        if (windows) {
            wanted.putAll(WINDOWS);
        }
        var packages = new TreeSet<String>();
        wanted.forEach((library, name) -> {
            if (!loads.test(library)) {
                packages.add(name);
            }
        });
        if (!fonts) {
            packages.add("fonts-dejavu-core");
        }
        return new ArrayList<>(packages);
    }

    @SuppressWarnings("restricted")
    private static boolean loads(String library) {
        try (var arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean fonts() {
        return FONT_FOLDERS.stream().map(Path::of).anyMatch(SystemLibraries::holdsFont);
    }

    private static boolean holdsFont(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.find(folder, FONT_DEPTH, (path, about) -> isFont(path.toString()))) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFont(String name) {
        return name.endsWith(".ttf") || name.endsWith(".otf") || name.endsWith(".ttc");
    }
}
