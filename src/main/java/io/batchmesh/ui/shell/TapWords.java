package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TapParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filter of a tap as words: {@code GET /cart 5xx >20ms route:beta x-tenant=blue}. */
final class TapWords {
    /** What may be written. */
    static final String HINT =
            "GET  /path  5xx  >20ms  route:NAME  header=value  show:header  query  50/s";

    private static final Pattern CODE = Pattern.compile("[1-5](xx|\\d\\d)");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{3,16}");
    private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)/s");
    private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)%");

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private TapWords() {}

    /**
     * Reads them.
     *
     * @param link which link, as the filter of a tap has it; null for all
     */
    static TapParameters.Read read(String text, @Nullable String link) {
        var words = new TapWords();
        if (link != null) {
            words.add("link", link);
        }
        for (var word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.take(word);
            }
        }
        return words.faults.isEmpty()
                ? TapParameters.read(words.parameters)
                : new TapParameters.Read.Invalid(words.faults);
    }

    private void add(String name, String value) {
        parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private void take(String word) {
        var rate = RATE.matcher(word);
        var percent = PERCENT.matcher(word);
        if (word.startsWith("/")) {
            add("pathPrefix", word);
        } else if (CODE.matcher(word).matches()) {
            add("code", word);
        } else if (METHOD.matcher(word).matches()) {
            add("method", word);
        } else if (word.startsWith(">")) {
            add("minDuration", word.substring(1));
        } else if (rate.matches()) {
            add("rate", rate.group(1));
        } else if (percent.matches()) {
            add("percent", percent.group(1));
        } else if (word.equals("query")) {
            add("query", "true");
        } else if (!named(word)) {
            faults.add("“" + word + "” is not understood; write " + HINT);
        }
    }

    private boolean named(String word) {
        int colon = word.indexOf(':');
        int equals = word.indexOf('=');
        if (equals > 0 && (colon < 0 || equals < colon)) {
            add("header", word.substring(0, equals) + ":" + word.substring(equals + 1));
            return true;
        }
        var name = colon < 0 ? "" : word.substring(0, colon);
        if (name.equals("route") || name.equals("show")) {
            add(name, word.substring(colon + 1));
            return true;
        }
        return false;
    }
}
