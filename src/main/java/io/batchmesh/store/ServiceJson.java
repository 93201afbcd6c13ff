package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.model.Subset;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a service. */
final class ServiceJson {
    private ServiceJson() {}

    static Service read(ObjectReader o) {
        var portNames = new Fields.Key<Port>("port", "name", Port::name);
        var subsetNames = new Fields.Key<Subset>("subset", "name", Subset::name);
        return new Service(
                new ServiceId(Fields.name(o, "name")),
                o.optionalString("namespace"),
                o.choice("kind", ServiceKind.CHOICE, ServiceKind.SERVICE),
                Fields.unique(o, "ports", portNames, ServiceJson::readPort),
                Fields.unique(o, "subsets", subsetNames, ServiceJson::readSubset),
                TrafficJson.in(o),
                o.object("bulk", ServiceJson::readBulk),
                o.object("simulation", ServiceJson::readSimulation));
    }

    private static Port readPort(ObjectReader o) {
        Fields.require(o, "port", "add a number from 1 to 65535");
        return new Port(
                Fields.name(o, "name"),
                o.integer("port", Range.of(1, 65_535), 1),
                o.choice("protocol", Protocol.CHOICE, Protocol.HTTP1));
    }

    private static Subset readSubset(ObjectReader o) {
        return new Subset(
                Fields.name(o, "name"), labels(o), o.objects("endpoints", ServiceJson::endpoint));
    }

    private static Map<String, String> labels(ObjectReader o) {
        return o.entries("labels", ObjectReader::optionalString);
    }

    private static Endpoint endpoint(ObjectReader o) {
        return new Endpoint(
                o.string("address"),
                o.optionalString("zone"),
                o.integer("weight", Range.of(1, 1_000_000), 1));
    }

    private static BulkApi readBulk(ObjectReader o) {
        var path = o.string("path");
        if (!path.startsWith("/") && o.has("path")) {
            o.fault("path", "'" + path + "' is no path", "begin it with a slash");
        }
        Fields.require(o, "format", "one of " + BulkApi.Format.CHOICE.labels());
        return new BulkApi(o.choice("format", BulkApi.Format.CHOICE, BulkApi.Format.NDJSON), path);
    }

    private static ServiceSimulation readSimulation(ObjectReader o) {
        var d = ServiceSimulation.DEFAULT;
        return new ServiceSimulation(
                o.duration("serviceTime", d.serviceTime()),
                o.duration("itemTime", d.itemTime()),
                o.size("responseBytes", d.responseBytes()),
                o.integer("concurrency", Range.of(0, 1_000_000), d.concurrency()),
                o.number("errorPercent", Range.of(0, 100), d.errorPercent()));
    }

    static ObjectNode write(Service service) {
        return ObjectWriter.object(o -> {
            o.put("name", service.name())
                    .put("namespace", service.namespace())
                    .put("kind", service.kind().label())
                    .putAll("ports", service.ports(), ServiceJson::write)
                    .putAll("subsets", service.subsets(), ServiceJson::write);
            TrafficJson.put(o, service.traffic());
            o.put("bulk", service.bulk(), ServiceJson::write)
                    .put("simulation", service.simulation(), ServiceJson::write);
        });
    }

    private static ObjectNode write(Port port) {
        return ObjectWriter.object(o ->
                o.put("name", port.name())
                        .put("port", port.port())
                        .put("protocol", port.protocol().label()));
    }

    private static ObjectNode write(Subset subset) {
        return ObjectWriter.object(o ->
                o.put("name", subset.name())
                        .putMap("labels", subset.labels(), JsonNodeFactory.instance::stringNode)
                        .putAll("endpoints", subset.endpoints(), ServiceJson::write));
    }

    private static ObjectNode write(Endpoint endpoint) {
        return ObjectWriter.object(o -> {
            o.put("address", endpoint.address()).put("zone", endpoint.zone());
            if (endpoint.weight() != 1) {
                o.put("weight", endpoint.weight());
            }
        });
    }

    private static ObjectNode write(BulkApi bulk) {
        return ObjectWriter.object(
                o -> o.put("format", bulk.format().label()).put("path", bulk.path()));
    }

    private static ObjectNode write(ServiceSimulation simulation) {
        var d = ServiceSimulation.DEFAULT;
        return ObjectWriter.object(o -> {
            o.put("serviceTime", simulation.serviceTime());
            if (!simulation.itemTime().equals(d.itemTime())) {
                o.put("itemTime", simulation.itemTime());
            }
            o.putSize("responseBytes", simulation.responseBytes());
            if (simulation.concurrency() != d.concurrency()) {
                o.put("concurrency", simulation.concurrency());
            }
            if (simulation.errorPercent() != d.errorPercent()) {
                o.put("errorPercent", simulation.errorPercent());
            }
        });
    }
}
