package io.batchmesh.observe;

import java.util.Locale;
import java.util.Set;

/** Which content types an exposition may have. */
final class ContentTypes {
    private static final Set<String> USUAL =
            Set.of(
                    "",
                    "text/plain",
                    "application/openmetrics-text",
                    "application/octet-stream",
                    "binary/octet-stream");

    private ContentTypes() {}

    /** Empty for a type that is usual or missing; else words about it, fit to be shown. */
    static String doubt(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (USUAL.contains(type)) {
            return "";
        }
        var safe = type.replaceAll("[^a-z0-9/+.-]", "?");
        return "its content type is " + safe.substring(0, Math.min(safe.length(), 60));
    }
}
