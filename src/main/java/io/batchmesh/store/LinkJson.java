package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.LinkSimulation;
import io.batchmesh.model.LinkSimulation.RequestShape;
import io.batchmesh.policy.BatchJson;
import io.batchmesh.quantity.Bandwidths;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a link. */
final class LinkJson {
    private LinkJson() {}

    static Link read(ObjectReader o) {
        return new Link(
                LinkId.of(Fields.name(o, "from"), Fields.name(o, "to")),
                o.object("batch", BatchJson::read),
                TrafficJson.in(o),
                o.object("simulation", LinkJson::readSimulation));
    }

    private static LinkSimulation readSimulation(ObjectReader o) {
        var d = LinkSimulation.DEFAULT;
        var bandwidth = o.bandwidth("bandwidth");
        if (bandwidth != null && bandwidth == 0) {
            o.fault("bandwidth", "a wire of no bandwidth carries nothing", "leave it out");
        }
        return new LinkSimulation(
                o.has("rate") ? o.number("rate", Range.of(0, 1_000_000), 0) : null,
                o.number("calls", Range.of(0, 1_000), d.calls()),
                o.duration("delay", d.delay()),
                bandwidth,
                Objects.requireNonNullElse(
                        o.object("request", LinkJson::readRequest), d.request()));
    }

    private static RequestShape readRequest(ObjectReader o) {
        var d = RequestShape.DEFAULT;
        return new RequestShape(
                o.string("method", d.method()),
                o.string("path", d.path()),
                o.size("bytes", d.bytes()),
                o.integer("distinct", Range.positive(), d.distinct()),
                o.integer("identities", Range.of(0, 1_000_000), d.identities()),
                o.integer("burst", Range.of(1, 100_000), d.burst()));
    }

    static ObjectNode write(Link link) {
        return ObjectWriter.object(o -> {
            o.put("from", link.id().from().name())
                    .put("to", link.id().to().name())
                    .put("batch", link.batch(), BatchJson::write);
            TrafficJson.put(o, link.traffic());
            o.put("simulation", link.simulation(), LinkJson::write);
        });
    }

    private static ObjectNode write(LinkSimulation simulation) {
        var d = LinkSimulation.DEFAULT;
        return ObjectWriter.object(o -> {
            var rate = simulation.rate();
            if (rate != null) {
                o.put("rate", (double) rate);
            }
            if (simulation.calls() != d.calls()) {
                o.put("calls", simulation.calls());
            }
            if (!simulation.delay().isZero()) {
                o.put("delay", simulation.delay());
            }
            var bandwidth = simulation.bandwidth();
            o.put("bandwidth", bandwidth == null ? null : Bandwidths.format(bandwidth));
            if (!simulation.request().equals(d.request())) {
                o.put("request", write(simulation.request()));
            }
        });
    }

    private static ObjectNode write(RequestShape request) {
        var d = RequestShape.DEFAULT;
        return ObjectWriter.object(o -> {
            o.put("method", request.method()).put("path", request.path());
            if (request.bytes() != d.bytes()) {
                o.putSize("bytes", request.bytes());
            }
            o.put("distinct", request.distinct());
            if (request.identities() != d.identities()) {
                o.put("identities", request.identities());
            }
            if (request.burst() != d.burst()) {
                o.put("burst", request.burst());
            }
        });
    }
}
