package io.batchmesh.ui;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the operator's traces are looked at.
 *
 * @param text an http or https address with {@code {traceId}} in it
 */
public record TraceTemplate(String text) {
    private static final String PLACE = "{traceId}";
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
    private static final String EXAMPLE = "0".repeat(32);

    /**
     * As given.
     *
     * @throws IllegalArgumentException when it is no such address
     */
    public TraceTemplate {
        var problem = problem(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** What is wrong with a text as a template; null when nothing is. */
    public static @Nullable String problem(String text) {
        if (!text.contains(PLACE)) {
            return "has no {traceId} in it, such as https://tempo.example/trace/{traceId}";
        }
        try {
            var address = new URI(text.replace(PLACE, EXAMPLE));
            var scheme = address.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean bare = address.getHost() != null && address.getUserInfo() == null;
            return web && bare ? null : "is no http or https address without credentials";
        } catch (URISyntaxException e) {
            return "is no address: " + e.getReason();
        }
    }

    /** The address of a trace; null for what is no id of one (W3C Trace Context, 3.2.2.3). */
    public @Nullable URI of(String traceId) {
        return TRACE.matcher(traceId).matches() ? URI.create(text.replace(PLACE, traceId)) : null;
    }
}
