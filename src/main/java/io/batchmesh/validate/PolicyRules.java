package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.Retry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retries, balancing and access rules that do not do what they seem to. */
final class PolicyRules {
    private static final List<String> CAUSES =
            List.of("connect-failure", "5xx", "reset", "gateway-error");

    private PolicyRules() {}

    static void check(Scope scope) {
        for (var service : scope.services()) {
            traffic(scope, service.traffic(), scope.at(service).in("traffic"));
        }
        for (var link : scope.links()) {
            traffic(scope, link.traffic(), scope.at(link).in("traffic"));
            refused(scope, link);
        }
    }

    private static void traffic(Scope scope, Traffic traffic, Place at) {
        for (int i = 0; i < traffic.routes().size(); i++) {
            retry(scope, traffic.routes().get(i).retry(), at.in("routes", i, "retry"));
        }
        var check = traffic.resilience().healthCheck();
        if (check != null && !check.fault().isEmpty()) {
            scope.error(
                    "BM-318",
                    at.in("healthCheck"),
                    "the health check cannot be made: " + check.fault(),
                    "correct it, or leave it out");
        }
        var balancing = traffic.resilience().loadBalancing();
        if (balancing == null) {
            return;
        }
        boolean hashes = balancing.policy() == LoadBalancing.Policy.CONSISTENT_HASH;
        if (hashes && balancing.hashHeader() == null) {
            scope.error(
                    "BM-313",
                    at.in("loadBalancing"),
                    "consistentHash is not told which header to hash",
                    "add \"hashHeader\": \"x-user\"");
        } else if (!hashes && balancing.hashHeader() != null) {
            scope.info(
                    "BM-313",
                    at.in("loadBalancing", "hashHeader"),
                    balancing.policy().label() + " hashes no header",
                    "remove hashHeader, or set the policy consistentHash");
        }
    }

    private static void retry(Scope scope, @Nullable Retry retry, Place at) {
        if (retry == null) {
            return;
        }
        for (int i = 0; i < retry.on().size(); i++) {
            if (!CAUSES.contains(retry.on().get(i))) {
                scope.error(
                        "BM-308",
                        at.in("on", i),
                        "'" + retry.on().get(i) + "' is no cause of a retry",
                        "one of " + String.join(", ", CAUSES));
            }
        }
        if (retry.attempts() == 0 || retry.on().isEmpty()) {
            scope.warn(
                    "BM-309",
                    at.in(retry.attempts() == 0 ? "attempts" : "on"),
                    retry.attempts() == 0
                            ? "nothing is tried again with 0 attempts"
                            : "nothing is tried again, since no cause is named",
                    retry.attempts() == 0
                            ? "allow some, or remove the retry"
                            : "add \"on\": [ \"connect-failure\" ]");
        }
    }

    private static void refused(Scope scope, Link link) {
        var allow = scope.topology().trafficOf(link).allow();
        var from = link.id().from().name();
        if (!allow.isEmpty() && allow.stream().noneMatch(a -> a.from().equals(from))) {
            scope.warn(
                    "BM-312",
                    scope.at(link),
                    "%s does not allow calls from %s, so all of them are refused"
                            .formatted(link.id().to(), from),
                    "add a rule for " + from + ", or remove the link");
        }
    }
}
