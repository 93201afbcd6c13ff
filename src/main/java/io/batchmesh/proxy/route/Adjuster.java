package io.batchmesh.proxy.route;

import io.batchmesh.policy.Adjustments;
import io.batchmesh.policy.HeaderChanges;
import io.batchmesh.policy.Rewrite;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.TextMatch;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header changes and rewrites of one route, ready to be made. */
final class Adjuster {
    private final Changes request;
    private final Changes reply;
    private final @Nullable Rewrite rewrite;
    private final int matched;

    /** A field with its one value. */
    private record Field(AsciiString name, AsciiString value) {}

    /** Changes of one header. */
    private record Changes(List<AsciiString> remove, List<Field> set, List<Field> add) {
        static Changes of(@Nullable HeaderChanges changes) {
            return changes == null
                    ? new Changes(List.of(), List.of(), List.of())
                    : new Changes(
                            changes.remove().stream().map(AsciiString::cached).toList(),
                            fields(changes.set()),
                            fields(changes.add()));
        }

        private static List<Field> fields(Map<String, String> values) {
            return values.entrySet().stream()
                    .map(e ->
                            new Field(
                                    AsciiString.cached(e.getKey()),
                                    AsciiString.cached(e.getValue())))
                    .toList();
        }

        void make(HttpHeaders headers) {
            remove.forEach(headers::remove);
            set.forEach(f -> headers.set(f.name(), f.value()));
            add.forEach(f -> headers.add(f.name(), f.value()));
        }
    }

    private Adjuster(Adjustments adjustments, int matched) {
        this.request = Changes.of(adjustments.request());
        this.reply = Changes.of(adjustments.response());
        this.rewrite = adjustments.rewrite();
        this.matched = matched;
    }

    /** Ready to be made; null when there is nothing to make. */
    static @Nullable Adjuster of(Adjustments adjustments, @Nullable RouteMatch match) {
        if (adjustments.equals(Adjustments.NONE)) {
            return null;
        }
        int matched =
                match != null && match.path() instanceof TextMatch.Prefix(String text)
                        ? text.length()
                        : 0;
        return new Adjuster(adjustments, matched);
    }

    void request(HttpRequest head) {
        var change = rewrite;
        if (change != null) {
            if (change.path() != null || change.prefix() != null) {
                head.setUri(target(change, head.uri()));
            }
            if (change.host() != null) {
                head.headers().set(HttpHeaderNames.HOST, change.host());
            }
        }
        request.make(head.headers());
    }

    private String target(Rewrite change, String uri) {
        if (change.path() != null) {
            int query = uri.indexOf('?');
            return query < 0 ? change.path() : change.path() + uri.substring(query);
        }
        var prefix = change.prefix() == null ? "" : change.prefix();
        var rest = uri.substring(Math.min(matched, uri.length()));
        // "/api" to "/" must not make "/api/x" to "//x", which is another path.
        boolean twice = prefix.endsWith("/") && rest.startsWith("/");
        return prefix + (twice ? rest.substring(1) : rest);
    }

    void reply(HttpHeaders headers) {
        reply.make(headers);
    }
}
