package io.batchmesh.app;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether there is a display to open a window on. */
final class Display {
    private Display() {}

    static boolean isThere(Map<String, String> environment) {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (!system.contains("linux")) {
            return true;
        }
        if ("Headless".equalsIgnoreCase(System.getProperty("glass.platform"))) {
            return false;
        }
        return isSet(environment.get("DISPLAY")) || isSet(environment.get("WAYLAND_DISPLAY"));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
