package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The request fields by which an answer was chosen, and their values (RFC 9111, section 4.1).
 *
 * @param names in lower case, in order
 * @param values of each, its lines joined and stripped; empty where it is missing
 */
record VaryKey(List<String> names, List<String> values) {
    private static final VaryKey NONE = new VaryKey(List.of(), List.of());

    /** The key of an answer to a request; null when nobody else can ever match it. */
    static @Nullable VaryKey of(HttpHeaders answer, HttpHeaders request) {
        if (!answer.contains(HttpHeaderNames.VARY)) {
            return NONE;
        }
        var names = new TreeSet<String>();
        for (var line : answer.getAll(HttpHeaderNames.VARY)) {
            for (var name : line.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        names.remove("");
        if (names.contains("*")) {
            return null;
        }
        var ordered = List.copyOf(names);
        return new VaryKey(ordered, values(ordered, request));
    }

    boolean matches(HttpHeaders request) {
        return names.isEmpty() || values.equals(values(names, request));
    }

    private static List<String> values(List<String> names, HttpHeaders request) {
        var values = new ArrayList<String>(names.size());
        for (var name : names) {
            var lines = request.getAll(name);
            values.add(lines.isEmpty() ? "" : "=" + normal(lines));
        }
        return values;
    }

    /** White space around commas says nothing (RFC 9110, section 5.6.1). */
    private static String normal(List<String> lines) {
        var parts = new ArrayList<String>();
        for (var line : lines) {
            for (var part : line.split(",", -1)) {
                parts.add(part.strip());
            }
        }
        return String.join(",", parts);
    }

    int weight() {
        int sum = 0;
        for (int i = 0; i < names.size(); i++) {
            sum += 2 * (names.get(i).length() + values.get(i).length()) + 96;
        }
        return sum;
    }
}
