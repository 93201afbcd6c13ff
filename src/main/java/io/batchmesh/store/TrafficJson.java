package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.AllowRule;
import io.batchmesh.model.Route;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.AdjustmentsJson;
import io.batchmesh.policy.PolicyJson;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of traffic policy, on a service and on a link. */
final class TrafficJson {
    private TrafficJson() {}

    /** The policy in the field {@code traffic} of a service or a link. */
    static Traffic in(ObjectReader owner) {
        return Objects.requireNonNullElse(owner.object("traffic", TrafficJson::read), Traffic.NONE);
    }

    private static Traffic read(ObjectReader o) {
        var names = new Fields.Key<Route>("route", "name", Route::name);
        return new Traffic(
                Fields.unique(o, "routes", names, TrafficJson::readRoute),
                o.object("loadBalancing", PolicyJson::readLoadBalancing),
                o.object("failover", PolicyJson::readFailover),
                o.object("outlierDetection", PolicyJson::readOutlier),
                o.object("circuitBreaker", PolicyJson::readBreaker),
                o.object("tls", TrafficJson::readTls),
                o.objects("allow", TrafficJson::readAllow),
                o.object("healthCheck", PolicyJson::readHealthCheck));
    }

    private static Route readRoute(ObjectReader o) {
        return new Route(
                Fields.name(o, "name"),
                o.object("match", PolicyJson::readMatch),
                PolicyJson.readSplit(o),
                o.duration("timeout"),
                o.object("retry", PolicyJson::readRetry),
                o.object("mirror", PolicyJson::readMirror),
                o.object("fault", PolicyJson::readFault),
                AdjustmentsJson.read(o));
    }

    private static Tls readTls(ObjectReader o) {
        Fields.require(o, "mode", "one of " + Tls.Mode.CHOICE.labels());
        return new Tls(o.choice("mode", Tls.Mode.CHOICE, Tls.Mode.OFF));
    }

    private static AllowRule readAllow(ObjectReader o) {
        return new AllowRule(Fields.name(o, "from"), o.strings("methods"), o.strings("paths"));
    }

    /** Puts the field {@code traffic}, unless nothing is said. */
    static void put(ObjectWriter owner, Traffic traffic) {
        owner.put("traffic", traffic.equals(Traffic.NONE) ? null : traffic, TrafficJson::write);
    }

    private static ObjectNode write(Traffic traffic) {
        return ObjectWriter.object(o ->
                o.putAll("routes", traffic.routes(), TrafficJson::write)
                        .put("loadBalancing", traffic.loadBalancing(), PolicyJson::write)
                        .put("failover", traffic.failover(), PolicyJson::write)
                        .put("outlierDetection", traffic.outlierDetection(), PolicyJson::write)
                        .put("circuitBreaker", traffic.circuitBreaker(), PolicyJson::write)
                        .put("healthCheck", traffic.healthCheck(), PolicyJson::write)
                        .put("tls", traffic.tls(), TrafficJson::write)
                        .putAll("allow", traffic.allow(), TrafficJson::write));
    }

    private static ObjectNode write(Route route) {
        return ObjectWriter.object(o ->
                o.put("name", route.name())
                        .put("match", route.match(), PolicyJson::write)
                        .putMap("split", route.split(), PolicyJson::weight)
                        .put("timeout", route.timeout())
                        .put("retry", route.retry(), PolicyJson::write)
                        .put("mirror", route.mirror(), PolicyJson::write)
                        .put("fault", route.fault(), PolicyJson::write)
                        .with(w -> AdjustmentsJson.put(w, route.adjust())));
    }

    private static ObjectNode write(Tls tls) {
        return ObjectWriter.object(o -> o.put("mode", tls.mode().label()));
    }

    private static ObjectNode write(AllowRule rule) {
        return ObjectWriter.object(o ->
                o.put("from", rule.from())
                        .putStrings("methods", rule.methods())
                        .putStrings("paths", rule.paths()));
    }
}
