package io.batchmesh.admin.tap;

import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /tap}, as they stand in its query. */
public final class TapParameters {
    /** All of their names. */
    public static final Set<String> NAMES =
            Set.of(
                    "link",
                    "route",
                    "method",
                    "pathPrefix",
                    "code",
                    "minDuration",
                    "header",
                    "show",
                    "query",
                    "rate",
                    "percent",
                    "time");

    /** A name of a field (RFC 9110, section 5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    private static final int MOST_HEADERS = 8;

    private final Map<String, List<String>> given;
    private final List<String> faults = new ArrayList<>();

    private TapParameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /** What came of reading them. */
    public sealed interface Read {
        /** An order. */
        record Valid(TapOrder order) implements Read {}

        /** None: what is wrong, at least one sentence. */
        record Invalid(List<String> faults) implements Read {}
    }

    /** Reads them. */
    public static Read read(Map<String, List<String>> query) {
        var reader = new TapParameters(query);
        var filter = reader.filter();
        var shown = reader.shown();
        double rate = reader.number("rate", TapOrder.USUAL_RATE, TapOrder.MOST_RATE);
        double percent = reader.number("percent", 100, 100);
        var time = reader.time();
        boolean values = reader.flag("query");
        if (!reader.faults.isEmpty()) {
            return new Read.Invalid(List.copyOf(reader.faults));
        }
        var pace = new TapOrder.Pace(rate, percent);
        return new Read.Valid(new TapOrder(filter, shown, values, pace, time));
    }

    private @Nullable String text(String name) {
        var values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            faults.add(name + ": given more than once");
        }
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private TapFilter filter() {
        var method = text("method");
        var code = text("code");
        var codes = code == null ? null : CodeRange.parse(code.toLowerCase(Locale.ROOT));
        if (code != null && codes == null) {
            faults.add("code: write a status such as 404, or a class such as 5xx");
        }
        return new TapFilter(
                text("link"),
                text("route"),
                method == null ? null : method.toUpperCase(Locale.ROOT),
                text("pathPrefix"),
                codes,
                duration("minDuration", Duration.ZERO),
                headers());
    }

    private Map<String, String> headers() {
        var result = new LinkedHashMap<String, String>();
        for (var pair : given.getOrDefault("header", List.of())) {
            int colon = pair.indexOf(':');
            var name = colon < 0 ? "" : name("header", pair.substring(0, colon));
            if (colon < 0) {
                faults.add("header: write NAME:VALUE");
            } else if (!name.isEmpty()) {
                result.put(name, pair.substring(colon + 1).strip());
            }
        }
        if (result.size() > MOST_HEADERS) {
            faults.add("header: at most " + MOST_HEADERS);
        }
        return result;
    }

    private List<String> shown() {
        var result = new ArrayList<String>();
        for (var list : given.getOrDefault("show", List.of())) {
            for (var one : list.split(",", -1)) {
                var name = name("show", one);
                if (!name.isEmpty() && !result.contains(name)) {
                    result.add(name);
                }
            }
        }
        if (result.size() > TapOrder.MOST_SHOWN) {
            faults.add("show: at most " + TapOrder.MOST_SHOWN);
        }
        return result;
    }

    /** A name in lower case; empty when it is refused. */
    private String name(String parameter, String text) {
        var name = text.strip().toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches()) {
            faults.add(parameter + ": '" + name + "' is no name of a header");
            return "";
        }
        if (SecretNames.includes(name)) {
            faults.add(parameter + ": '" + name + "' may hold a credential, which is never shown");
            return "";
        }
        return name;
    }

    private boolean flag(String name) {
        var text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            faults.add(name + ": true or false");
        }
        return "true".equals(text);
    }

    private double number(String name, double otherwise, double most) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        faults.add("%s: a number above 0, at most %.0f".formatted(name, most));
        return otherwise;
    }

    private Duration duration(String name, Duration otherwise) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Durations.parse(text);
        } catch (QuantityException e) {
            faults.add(name + ": " + e.getMessage());
            return otherwise;
        }
    }

    private Duration time() {
        var time = duration("time", TapOrder.USUAL_TIME);
        if (time.toSeconds() < 1 || time.compareTo(TapOrder.MOST_TIME) > 0) {
            faults.add("time: from 1s to 10min");
            return TapOrder.USUAL_TIME;
        }
        return time;
    }

    /** The parameters of an order; those left out that say what is usual. */
    public static Map<String, List<String>> write(TapOrder order) {
        var result = new LinkedHashMap<String, List<String>>();
        var filter = order.filter();
        put(result, "link", filter.link());
        put(result, "route", filter.route());
        put(result, "method", filter.method());
        put(result, "pathPrefix", filter.pathPrefix());
        put(result, "code", filter.codes() == null ? null : filter.codes().text());
        put(result, "minDuration", filter.least().isZero() ? null : text(filter.least()));
        var headers = new ArrayList<String>();
        filter.headers().forEach((name, value) -> headers.add(name + ":" + value));
        if (!headers.isEmpty()) {
            result.put("header", headers);
        }
        if (!order.shown().isEmpty()) {
            result.put("show", List.of(String.join(",", order.shown())));
        }
        put(result, "query", order.query() ? "true" : null);
        put(result, "rate", number(order.pace().rate(), TapOrder.USUAL_RATE));
        put(result, "percent", number(order.pace().percent(), 100));
        put(result, "time", order.time().equals(TapOrder.USUAL_TIME) ? null : text(order.time()));
        return result;
    }

    private static @Nullable String number(double value, double usual) {
        return value == usual ? null : String.valueOf(value);
    }

    private static String text(Duration duration) {
        return Durations.format(duration);
    }

    private static void put(Map<String, List<String>> to, String name, @Nullable String value) {
        if (value != null) {
            to.put(name, List.of(value));
        }
    }
}
