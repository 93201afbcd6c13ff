package io.batchmesh.store;

import io.batchmesh.json.Fault;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.Tracing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of a topology; the same topology always gives the same text. */
public final class TopologyJson {
    /** The format that is read and written. */
    public static final String FORMAT = "batchmesh/v1";

    /** The schema that new files name; it is the resource {@code /schema/topology-v1.json}. */
    public static final String SCHEMA = "https://batchmesh.io/schema/topology-v1.json";

    private TopologyJson() {}

    /** Reads UTF-8 bytes; every fault is named with its place. Never throws for what they hold. */
    public static TopologyResult read(byte[] text) {
        return switch (JsonDocument.parse(text)) {
            case Parsed.Bad bad -> new TopologyResult.Faulty(List.of(bad.fault()));
            case Parsed.Ok ok -> read(ok.document());
        };
    }

    private static TopologyResult read(JsonDocument document) {
        var format = formatFault(document);
        if (format != null) {
            return new TopologyResult.Faulty(List.of(format));
        }
        var faults = new Faults(document);
        var topology = document.read(faults, TopologyJson::topology);
        var schema = document.root().path("$schema");
        return faults.isEmpty()
                ? new TopologyResult.Read(
                        topology, schema.isString() ? schema.stringValue() : null, document)
                : new TopologyResult.Faulty(faults.list());
    }

    /** A format that is not ours makes all further faults noise, so it is the only one. */
    private static @Nullable Fault formatFault(JsonDocument document) {
        JsonNode format = document.root().path("format");
        if (!format.isString() || format.stringValue().equals(FORMAT)) {
            return null;
        }
        var faults = new Faults(document);
        var text = format.stringValue();
        boolean newer = text.matches("batchmesh/v[1-9][0-9]{0,8}");
        faults.add(
                "/format",
                newer
                        ? "the format " + text + " is newer than " + FORMAT + ", the one known here"
                        : "'" + text + "' is no format of a topology",
                newer ? "open the file with a newer Batchmesh" : "write \"" + FORMAT + "\"");
        return faults.list().getFirst();
    }

    private static Topology topology(ObjectReader o) {
        o.optionalString("$schema");
        o.string("format");
        var serviceNames = new Fields.Key<Service>("service", "name", Service::name);
        var linkEnds = new Fields.Key<Link>("link", "to", Link::id);
        var proxyNames = new Fields.Key<Proxy>("proxy", "name", p -> p.id().name());
        var groupNames = new Fields.Key<Group>("group", "name", Group::name);
        var alertNames = new Fields.Key<AlertRule>("alert", "name", AlertRule::name);
        return new Topology(
                Fields.name(o, "name"),
                TopologyJson.<ServiceId, Service>index(
                        Fields.unique(o, "services", serviceNames, ServiceJson::read), Service::id),
                TopologyJson.<LinkId, Link>index(
                        Fields.unique(o, "links", linkEnds, LinkJson::read), Link::id),
                TopologyJson.<ProxyId, Proxy>index(
                        Fields.unique(o, "proxies", proxyNames, SceneJson::readProxy), Proxy::id),
                Objects.requireNonNullElse(o.object("layout", SceneJson::readLayout), Layout.EMPTY),
                Fields.unique(o, "groups", groupNames, SceneJson::readGroup),
                o.objects("notes", SceneJson::readNote),
                o.object("tracing", Tracing::read),
                Fields.unique(o, "alerts", alertNames, AlertJson::read));
    }

    private static <K, V> Map<K, V> index(List<V> values, Function<V, K> key) {
        var map = new LinkedHashMap<K, V>();
        values.forEach(v -> map.putIfAbsent(key.apply(v), v));
        return map;
    }

    /** The topology as JSON, fields in the order of the contract. */
    public static ObjectNode write(Topology topology) {
        return write(topology, SCHEMA);
    }

    static ObjectNode write(Topology topology, @Nullable String schema) {
        return ObjectWriter.object(o ->
                o.put("$schema", schema)
                        .put("format", FORMAT)
                        .put("name", topology.name())
                        .putArray("services", topology.services().values(), ServiceJson::write)
                        .putArray("links", topology.links().values(), LinkJson::write)
                        .put("tracing", topology.tracing(), Tracing::write)
                        .putAll("proxies", topology.proxies().values(), SceneJson::write)
                        .put("layout", SceneJson.orNothing(topology.layout()), SceneJson::write)
                        .putAll("groups", topology.groups(), SceneJson::write)
                        .putAll("notes", topology.notes(), SceneJson::write)
                        .putAll("alerts", topology.alerts(), AlertJson::write));
    }

    /** The topology as the text of a file, lines for people and for version control. */
    public static String pretty(Topology topology) {
        return JsonText.pretty(write(topology));
    }
}
