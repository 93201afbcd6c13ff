package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemLibrariesTest {
    @Test
    void aMissingLibraryIsNamedByThePackageThatBringsIt() {
        assertEquals(
                List.of("libpango-1.0-0"),
                SystemLibraries.missing(false, library -> !library.contains("pango-1.0"), true));
    }

    @Test
    void aWindowNeedsMoreThanAPicture() {
        assertEquals(
                List.of("libgtk-3-0", "libxtst6"),
                SystemLibraries.missing(
                        true, l -> !l.contains("gtk-3") && !l.contains("Xtst"), true));
    }

    @Test
    void withoutAFontAFontPackageIsNamed() {
        assertEquals(
                List.of("fonts-dejavu-core"), SystemLibraries.missing(false, l -> true, false));
    }

    @Test
    void theAdviceIsOneLineThatCanBeTyped() {
        var advice = SystemLibraries.advice(List.of("libfreetype6", "libpango-1.0-0"));
        assertTrue(advice.contains("apt-get install libfreetype6 libpango-1.0-0"), advice);
        assertEquals(1, advice.lines().count());
    }
}
