package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.AllowRule;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.PolicyJson;
import io.batchmesh.policy.Route;
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
                Fields.unique(
                        o, "routes", names, r -> PolicyJson.readRoute(r, Fields.name(r, "name"))),
                PolicyJson.readResilience(o),
                o.object("tls", TrafficJson::readTls),
                o.objects("allow", TrafficJson::readAllow));
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
                o.putAll("routes", traffic.routes(), PolicyJson::write)
                        .with(w -> PolicyJson.put(w, traffic.resilience()))
                        .put("tls", traffic.tls(), TrafficJson::write)
                        .putAll("allow", traffic.allow(), TrafficJson::write));
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
