package io.batchmesh.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What header changes and rewrites may not say. Fields that end at each hop or that frame a message
 * (RFC 9110, section 7.6.1) belong to the proxy, and a value with a line break would be a field, or
 * a request, of its own.
 */
public final class AdjustmentsCheck {
    private static final Set<String> OWN =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "host",
                    "expect",
                    "via",
                    "forwarded");

    private static final int MAX_VALUE = 4_096;
    private static final int MAX_CHANGES = 64;

    private final List<Fault> faults = new ArrayList<>();

    private AdjustmentsCheck() {}

    /**
     * Something that may not be said.
     *
     * @param place the names of the fields that lead to it, from the route on
     */
    public record Fault(List<String> place, String message, String mend) {
        public Fault {
            place = List.copyOf(place);
        }
    }

    /** The faults of a route's adjustments, none when they are sound. */
    public static List<Fault> of(Adjustments adjustments, @Nullable RouteMatch match) {
        var check = new AdjustmentsCheck();
        check.changes("requestHeaders", adjustments.request());
        check.changes("responseHeaders", adjustments.response());
        var rewrite = adjustments.rewrite();
        if (rewrite != null) {
            check.rewrite(rewrite, match);
        }
        return List.copyOf(check.faults);
    }

    private void changes(String part, @Nullable HeaderChanges changes) {
        if (changes == null) {
            return;
        }
        int count = changes.set().size() + changes.add().size() + changes.remove().size();
        if (count > MAX_CHANGES) {
            add(List.of(part), "more than " + MAX_CHANGES + " changes", "leave some out");
        }
        changes.set().forEach((name, value) -> field(List.of(part, "set", name), name, value));
        changes.add().forEach((name, value) -> field(List.of(part, "add", name), name, value));
        for (int i = 0; i < changes.remove().size(); i++) {
            name(List.of(part, "remove", String.valueOf(i)), changes.remove().get(i));
        }
    }

    private void field(List<String> place, String name, String value) {
        name(place, name);
        boolean clean = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127));
        if (!clean) {
            add(
                    place,
                    "the value of '%s' has characters that no header field has".formatted(name),
                    "write visible ASCII characters and blanks only; no line breaks");
        } else if (!value.equals(value.strip()) || value.length() > MAX_VALUE) {
            add(
                    place,
                    "the value of '%s' begins or ends with a blank, or is too long".formatted(name),
                    "at most " + MAX_VALUE + " characters, none of them blank at the ends");
        }
    }

    private void name(List<String> place, String name) {
        if (name.isEmpty() || name.length() > 256 || !name.chars().allMatch(this::isToken)) {
            add(place, "no name of a header field", "letters, digits and !#$%&'*+-.^_`|~ only");
            return;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (OWN.contains(lower)) {
            var mend = lower.equals("host") ? "use rewrite.host" : "leave it out";
            add(place, "'" + lower + "' is the proxy's own to set", mend);
        }
    }

    /** RFC 9110, section 5.6.2. */
    private boolean isToken(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private void rewrite(Rewrite rewrite, @Nullable RouteMatch match) {
        var prefix = rewrite.prefix();
        if (prefix != null) {
            path(List.of("rewrite", "prefix"), prefix);
            if (match == null || !(match.path() instanceof TextMatch.Prefix)) {
                add(
                        List.of("rewrite", "prefix"),
                        "the route matches no prefix that this could stand for",
                        "match a prefix of the path, or rewrite the whole path");
            }
        }
        var path = rewrite.path();
        if (path != null) {
            path(List.of("rewrite", "path"), path);
            if (prefix != null) {
                add(List.of("rewrite"), "prefix and path exclude one another", "give one of them");
            }
        }
        var host = rewrite.host();
        if (host != null && (host.isEmpty() || host.length() > 255 || !isHost(host))) {
            add(List.of("rewrite", "host"), "no host", "write a name, perhaps with :port");
        }
    }

    private void path(List<String> place, String path) {
        boolean clean =
                path.startsWith("/")
                        && path.length() <= MAX_VALUE
                        && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '?' && c != '#');
        if (!clean) {
            add(place, "no path", "begin with a slash; no blanks, no '?', no '#'");
        }
    }

    private boolean isHost(String host) {
        return host.chars()
                .allMatch(
                        c -> (c < 127 && Character.isLetterOrDigit(c)) || ".-_:[]".indexOf(c) >= 0);
    }

    private void add(List<String> place, String message, String mend) {
        faults.add(new Fault(place, message, mend));
    }
}
