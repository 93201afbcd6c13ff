package io.batchmesh.proxy.route;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.function.Predicate;

/**
 * Looks for a query parameter whose value passes a test. Parameters are told apart by {@code &} as
 * the URL standard has it (application/x-www-form-urlencoded); what cannot be decoded is no match.
 */
final class QueryTest implements Predicate<String> {
    private final String name;
    private final Predicate<String> value;

    QueryTest(String name, Predicate<String> value) {
        this.name = name;
        this.value = value;
    }

    /** Whether a target in origin form has such a parameter. */
    @Override
    public boolean test(String uri) {
        int at = uri.indexOf('?');
        while (at >= 0) {
            int begin = at + 1;
            at = uri.indexOf('&', begin);
            if (holds(uri, begin, at < 0 ? uri.length() : at)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(String uri, int begin, int end) {
        int equals = uri.indexOf('=', begin);
        int stop = equals < 0 || equals > end ? end : equals;
        try {
            return decoded(uri.substring(begin, stop)).equals(name)
                    && value.test(stop == end ? "" : decoded(uri.substring(stop + 1, end)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0
                ? text
                : QueryStringDecoder.decodeComponent(text);
    }
}
