package io.batchmesh.policy;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of routing and resilience, the same in topology files and in proxy configs. */
public final class PolicyJson {
    private static final Range PERCENT = Range.of(0, 100);
    private static final Range WEIGHT = Range.of(0, 1_000_000);

    private PolicyJson() {}

    /**
     * Reads a route.
     *
     * @param name as it was read: what a name may be is for the document to say
     */
    public static Route readRoute(ObjectReader o, String name) {
        return new Route(
                name,
                o.object("match", PolicyJson::readMatch),
                o.entries("split", (s, subset) -> s.integer(subset, WEIGHT, 0)),
                o.duration("timeout"),
                o.object("retry", PolicyJson::readRetry),
                o.object("mirror", PolicyJson::readMirror),
                o.object("fault", PolicyJson::readFault),
                AdjustmentsJson.read(o));
    }

    public static ObjectNode write(Route route) {
        return ObjectWriter.object(o ->
                o.put("name", route.name())
                        .put("match", route.match(), PolicyJson::write)
                        .putMap("split", route.split(), JsonNodeFactory.instance::numberNode)
                        .put("timeout", route.timeout())
                        .put("retry", route.retry(), PolicyJson::write)
                        .put("mirror", route.mirror(), PolicyJson::write)
                        .put("fault", route.fault(), PolicyJson::write)
                        .with(w -> AdjustmentsJson.put(w, route.adjust())));
    }

    /** Reads the fields of a service's or a link's policy that belong to its resilience. */
    public static Resilience readResilience(ObjectReader owner) {
        return new Resilience(
                owner.object("loadBalancing", PolicyJson::readLoadBalancing),
                owner.object("failover", PolicyJson::readFailover),
                owner.object("outlierDetection", PolicyJson::readOutlier),
                owner.object("circuitBreaker", PolicyJson::readBreaker),
                owner.object("healthCheck", PolicyJson::readHealthCheck));
    }

    /** Writes them. */
    public static void put(ObjectWriter owner, Resilience resilience) {
        owner.put("loadBalancing", resilience.loadBalancing(), PolicyJson::write)
                .put("failover", resilience.failover(), PolicyJson::write)
                .put("outlierDetection", resilience.outlierDetection(), PolicyJson::write)
                .put("circuitBreaker", resilience.circuitBreaker(), PolicyJson::write)
                .put("healthCheck", resilience.healthCheck(), PolicyJson::write);
    }

    private static RouteMatch readMatch(ObjectReader o) {
        return new RouteMatch(
                o.object("path", PolicyJson::readText),
                o.strings("methods"),
                o.map("headers", PolicyJson::readText),
                o.map("query", PolicyJson::readText));
    }

    private static ObjectNode write(RouteMatch match) {
        return ObjectWriter.object(o ->
                o.put("path", match.path(), PolicyJson::write)
                        .putStrings("methods", match.methods())
                        .putMap("headers", match.headers(), PolicyJson::write)
                        .putMap("query", match.query(), PolicyJson::write));
    }

    private static TextMatch readText(ObjectReader o) {
        var exact = o.optionalString("exact");
        var prefix = o.optionalString("prefix");
        var regex = o.optionalString("regex");
        int given = (exact == null ? 0 : 1) + (prefix == null ? 0 : 1) + (regex == null ? 0 : 1);
        if (given != 1) {
            o.faultHere("expected one way to match", "give one of exact, prefix, regex");
        }
        if (exact != null) {
            return new TextMatch.Exact(exact);
        }
        return prefix != null
                ? new TextMatch.Prefix(prefix)
                : new TextMatch.Regex(regex == null ? "" : regex);
    }

    private static ObjectNode write(TextMatch match) {
        var kind =
                switch (match) {
                    case TextMatch.Exact e -> "exact";
                    case TextMatch.Prefix p -> "prefix";
                    case TextMatch.Regex r -> "regex";
                };
        return ObjectWriter.object(o -> o.put(kind, match.text()));
    }

    private static Retry readRetry(ObjectReader o) {
        return new Retry(
                o.integer("attempts", Range.of(0, 10), 1),
                o.duration("perTryTimeout"),
                o.strings("on"));
    }

    private static ObjectNode write(Retry retry) {
        return ObjectWriter.object(o ->
                o.put("attempts", retry.attempts())
                        .put("perTryTimeout", retry.perTryTimeout())
                        .putStrings("on", retry.on()));
    }

    private static Mirror readMirror(ObjectReader o) {
        return new Mirror(
                o.string("service"), o.optionalString("subset"), o.number("percent", PERCENT, 100));
    }

    private static ObjectNode write(Mirror mirror) {
        return ObjectWriter.object(o ->
                o.put("service", mirror.service())
                        .put("subset", mirror.subset())
                        .put("percent", mirror.percent()));
    }

    private static FaultInjection readFault(ObjectReader o) {
        return new FaultInjection(
                o.object(
                        "delay",
                        d ->
                                new FaultInjection.Delay(
                                        d.number("percent", PERCENT, 100),
                                        d.duration("duration", Duration.ZERO))),
                o.object(
                        "abort",
                        a ->
                                new FaultInjection.Abort(
                                        a.number("percent", PERCENT, 100),
                                        a.integer("status", Range.of(400, 599), 503))));
    }

    private static ObjectNode write(FaultInjection fault) {
        return ObjectWriter.object(o ->
                o.put("delay", fault.delay(), PolicyJson::write)
                        .put("abort", fault.abort(), PolicyJson::write));
    }

    private static ObjectNode write(FaultInjection.Delay delay) {
        return ObjectWriter.object(
                o -> o.put("percent", delay.percent()).put("duration", delay.duration()));
    }

    private static ObjectNode write(FaultInjection.Abort abort) {
        return ObjectWriter.object(
                o -> o.put("percent", abort.percent()).put("status", abort.status()));
    }

    private static LoadBalancing readLoadBalancing(ObjectReader o) {
        return new LoadBalancing(
                o.choice("policy", LoadBalancing.Policy.CHOICE, LoadBalancing.DEFAULT.policy()),
                o.optionalString("hashHeader"));
    }

    private static ObjectNode write(LoadBalancing balancing) {
        return ObjectWriter.object(o ->
                o.put("policy", balancing.policy().label())
                        .put("hashHeader", balancing.hashHeader()));
    }

    private static Failover readFailover(ObjectReader o) {
        return new Failover(
                o.objects("zones", z -> new Failover.Zone(z.string("from"), z.strings("to"))));
    }

    private static ObjectNode write(Failover failover) {
        return ObjectWriter.object(o -> o.putArray("zones", failover.zones(), PolicyJson::write));
    }

    private static ObjectNode write(Failover.Zone zone) {
        return ObjectWriter.object(o -> o.put("from", zone.from()).putStrings("to", zone.to()));
    }

    private static OutlierDetection readOutlier(ObjectReader o) {
        return new OutlierDetection(
                o.integer("consecutiveErrors", Range.positive(), 5),
                o.duration("interval", Duration.ofSeconds(10)),
                o.duration("baseEjection", Duration.ofSeconds(30)),
                o.integer("maxEjectionPercent", PERCENT, 50));
    }

    private static ObjectNode write(OutlierDetection outlier) {
        return ObjectWriter.object(o ->
                o.put("consecutiveErrors", outlier.consecutiveErrors())
                        .put("interval", outlier.interval())
                        .put("baseEjection", outlier.baseEjection())
                        .put("maxEjectionPercent", outlier.maxEjectionPercent()));
    }

    private static HealthCheck readHealthCheck(ObjectReader o) {
        return new HealthCheck(
                o.string("path", "/"),
                o.duration("interval", Duration.ofSeconds(10)),
                o.duration("timeout", Duration.ofSeconds(1)),
                o.integer("healthyThreshold", Range.of(1, 100), 2),
                o.integer("unhealthyThreshold", Range.of(1, 100), 3),
                o.integer("expectedStatus", Range.of(100, 599), 200));
    }

    private static ObjectNode write(HealthCheck check) {
        return ObjectWriter.object(o ->
                o.put("path", check.path())
                        .put("interval", check.interval())
                        .put("timeout", check.timeout())
                        .put("healthyThreshold", check.healthyThreshold())
                        .put("unhealthyThreshold", check.unhealthyThreshold())
                        .put("expectedStatus", check.expectedStatus()));
    }

    private static CircuitBreaker readBreaker(ObjectReader o) {
        var d = CircuitBreaker.DEFAULT;
        return new CircuitBreaker(
                o.integer("maxConnections", Range.positive(), d.maxConnections()),
                o.integer("maxPending", Range.positive(), d.maxPending()),
                o.integer("maxRequests", Range.positive(), d.maxRequests()),
                o.integer("maxRetries", Range.notNegative(), d.maxRetries()));
    }

    private static ObjectNode write(CircuitBreaker breaker) {
        return ObjectWriter.object(o ->
                o.put("maxConnections", breaker.maxConnections())
                        .put("maxPending", breaker.maxPending())
                        .put("maxRequests", breaker.maxRequests())
                        .put("maxRetries", breaker.maxRetries()));
    }
}
