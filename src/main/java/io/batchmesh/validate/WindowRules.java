package io.batchmesh.validate;

import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Link;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.policy.Compression;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.Sizes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batch windows that cannot work as they are set. */
final class WindowRules {
    private static final List<String> CACHED = List.of("GET", "HEAD");

    /** What a request line and its headers take in a batch, at least. */
    private static final long HEAD_BYTES = 128;

    private final Scope scope;
    private final Link link;
    private final BatchWindow window;
    private final Place at;

    private WindowRules(Scope scope, Link link, BatchWindow window) {
        this.scope = scope;
        this.link = link;
        this.window = window;
        this.at = scope.at(link).in("batch");
    }

    static void check(Scope scope) {
        for (var link : scope.links()) {
            var window = link.batch();
            if (window == null) {
                continue;
            }
            var rules = new WindowRules(scope, link, window);
            var called = scope.service(link.id().to());
            if (window.policy() != Policy.OFF && !rules.hasNoBatches(called)) {
                rules.items();
                rules.against();
                rules.bytes();
                rules.target();
                rules.joined(called);
            }
            if (window.policy() != Policy.OFF) {
                rules.compression();
            }
            rules.cache();
        }
    }

    /** A tcp port is never batched, and something outside the mesh takes no batches. */
    private boolean hasNoBatches(@Nullable Service called) {
        if (called == null) {
            return false;
        }
        boolean tcp =
                !called.ports().isEmpty() && called.ports().getFirst().protocol() == Protocol.TCP;
        if (tcp) {
            scope.warn(
                    "BM-205",
                    at.in("policy"),
                    "%s listens for tcp, which is never batched".formatted(called.name()),
                    "set the policy off, or correct the protocol of the port");
        } else if (called.kind() == ServiceKind.EXTERNAL
                && called.bulk() == null
                && window.policy() != Policy.AUTO) {
            scope.warn(
                    "BM-209",
                    at.in("policy"),
                    "%s is outside the mesh and takes no batches, so requests go one by one"
                            .formatted(called.name()),
                    "set the policy off, or give the service the bulk API that it has");
        }
        return tcp;
    }

    private void items() {
        if (window.maxItems() == 1) {
            scope.warn(
                    "BM-201",
                    at.in("maxItems"),
                    window.policy() == Policy.FIXED && window.linger().isZero()
                            ? "a window without linger that holds one request batches nothing"
                            : "a window that holds one request batches nothing",
                    "allow more items, or set the policy off");
        }
    }

    /** A window that outlasts the route makes requests fail while they wait. */
    private void against() {
        var longest = window.policy() == Policy.FIXED ? window.linger() : window.targetP99();
        if (longest == null || window.policy() == Policy.AUTO) {
            return;
        }
        var field = window.policy() == Policy.FIXED ? "linger" : "targetP99";
        for (var route : scope.topology().trafficOf(link).routes()) {
            var timeout = route.timeout();
            if (timeout != null && !timeout.isZero() && longest.compareTo(timeout) >= 0) {
                scope.error(
                        "BM-202",
                        at.in(field),
                        "the %s of %s is no shorter than the timeout of %s of route '%s'"
                                .formatted(field, text(longest), text(timeout), route.name()),
                        "set it well below " + text(timeout) + ", or give the route more time");
                return;
            }
        }
    }

    private static String text(Duration duration) {
        return Durations.format(duration);
    }

    private void bytes() {
        long request = link.simulated().request().bytes() + HEAD_BYTES;
        if (window.maxBytes() < request) {
            scope.warn(
                    "BM-203",
                    at.in("maxBytes"),
                    "a request of about %s does not fit a batch of %s, so each goes alone"
                            .formatted(Sizes.format(request), Sizes.format(window.maxBytes())),
                    "allow some times " + Sizes.format(request) + ", or set the policy off");
        }
    }

    private void target() {
        var target = window.targetP99();
        if (window.policy() != Policy.TARGET_P99) {
            return;
        }
        if (target == null || target.isZero()) {
            scope.error(
                    "BM-208",
                    at.in("targetP99"),
                    "no latency is below a target of nothing",
                    "set the p99 that is to be held, such as 20ms");
            return;
        }
        var called = scope.service(link.id().to());
        var least = link.simulated().delay().multipliedBy(2);
        if (called != null) {
            least = least.plus(called.simulated().serviceTime());
        }
        if (target.compareTo(least) <= 0) {
            scope.warn(
                    "BM-204",
                    at.in("targetP99"),
                    "the wire and the service alone take %s, the target is %s"
                            .formatted(text(least), text(target)),
                    "aim above " + text(least) + ", or set the policy off");
        }
    }

    /** The sidecar joins only what the service itself would take as a bulk call of one item. */
    private void joined(@Nullable Service called) {
        var bulk = called == null ? null : called.bulk();
        if (bulk != null && link.simulation() != null && !isBulk(bulk, link)) {
            scope.warn(
                    "BM-212",
                    scope.at(link).in("simulation", "request", "path"),
                    "the simulated requests are not POST %s, where %s takes batches: none is joined"
                            .formatted(bulk.path(), link.id().to()),
                    "let them be POST " + bulk.path());
        }
    }

    /** Whether the requests of a link go where the called service takes batches. */
    static boolean isBulk(BulkApi bulk, Link link) {
        var request = link.simulated().request();
        int query = request.path().indexOf('?');
        var path = query < 0 ? request.path() : request.path().substring(0, query);
        return request.method().equals("POST") && path.equals(bulk.path());
    }

    private void cache() {
        var cache = window.cache();
        if (cache == null) {
            return;
        }
        var called = scope.service(link.id().to());
        if (called != null && cache.maxBytes() < called.simulated().responseBytes()) {
            scope.warn(
                    "BM-206",
                    at.in("cache", "maxBytes"),
                    "an answer of %s does not fit a cache of %s"
                            .formatted(
                                    Sizes.format(called.simulated().responseBytes()),
                                    Sizes.format(cache.maxBytes())),
                    "give the cache room for many answers, or remove it");
        }
        var method = link.simulated().request().method();
        if (link.simulation() != null && !CACHED.contains(method)) {
            scope.warn(
                    "BM-207",
                    at.in("cache"),
                    "the requests of this link are " + method + ", which no cache answers",
                    "remove the cache");
        }
    }

    private void compression() {
        var compression = window.compression();
        if (compression == null || compression.codec() == Compression.Codec.OFF) {
            return;
        }
        if (compression.minBytes() >= window.maxBytes()) {
            scope.warn(
                    "BM-210",
                    at.in("compression", "minBytes"),
                    "no batch of at most %s reaches the %s from which on is compressed"
                            .formatted(
                                    Sizes.format(window.maxBytes()),
                                    Sizes.format(compression.minBytes())),
                    "lower minBytes below maxBytes");
        }
        boolean stream = compression.context() == Compression.Context.STREAM;
        if (stream && compression.codec() == Compression.Codec.GZIP) {
            scope.warn(
                    "BM-211",
                    at.in("compression", "context"),
                    "gzip has no running context: each batch starts afresh",
                    "set the codec zstd, or the context batch");
        }
    }
}
