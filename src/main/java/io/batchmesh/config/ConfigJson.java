package io.batchmesh.config;

import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.json.Range;
import io.batchmesh.policy.BatchJson;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.PolicyJson;
import io.batchmesh.policy.Tracing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of a proxy config. */
public final class ConfigJson {
    private ConfigJson() {}

    /** Reads a config; every fault of it is named with its JSON pointer. */
    public static ConfigResult read(byte[] text) {
        return switch (JsonDocument.parse(text)) {
            case Parsed.Bad bad -> new ConfigResult.Invalid(List.of(bad.fault()));
            case Parsed.Ok ok -> read(ok.document());
        };
    }

    private static ConfigResult read(JsonDocument document) {
        var faults = new Faults(document);
        var config = document.read(faults, ConfigJson::config);
        if (faults.isEmpty()) {
            ConfigChecks.check(config, faults);
        }
        return faults.isEmpty()
                ? new ConfigResult.Valid(config, ConfigVersion.of(config))
                : new ConfigResult.Invalid(faults.list());
    }

    private static ProxyConfig config(ObjectReader o) {
        var format = o.string("format");
        if (!format.equals(ProxyConfig.FORMAT) && !format.isEmpty()) {
            o.fault("format", "unknown format '" + format + "'", "write " + ProxyConfig.FORMAT);
        }
        var listeners = o.object("listeners", ConfigJson::listeners);
        if (listeners == null) {
            o.faultHere("the field 'listeners' is missing", "add it");
        }
        return new ProxyConfig(
                o.string("proxy"),
                o.string("service"),
                o.optionalString("zone"),
                Objects.requireNonNullElse(listeners, new ProxyConfig.Listeners("", "")),
                o.object("inbound", ConfigJson::inbound),
                o.objects("links", ConfigJson::link),
                o.object("tls", ConfigJson::tls),
                o.object("tracing", Tracing::read));
    }

    private static ProxyConfig.Listeners listeners(ObjectReader o) {
        return new ProxyConfig.Listeners(address(o, "outbound"), address(o, "inbound"));
    }

    private static String address(ObjectReader o, String name) {
        var text = o.string(name);
        if (!text.isEmpty() && HostPort.parse(text) == null) {
            o.fault(name, "'" + text + "' is no address", "write host:port, port 0 to 65535");
        }
        return text;
    }

    private static ProxyConfig.Inbound inbound(ObjectReader o) {
        return new ProxyConfig.Inbound(
                address(o, "endpoint"),
                o.objects("allow", ConfigJson::allow),
                o.object("bulk", ConfigJson::bulk),
                o.choice("protocol", HttpProtocol.CHOICE, HttpProtocol.HTTP1));
    }

    private static ProxyConfig.Allow allow(ObjectReader o) {
        return new ProxyConfig.Allow(
                o.string("identity"), o.strings("methods"), o.strings("paths"));
    }

    private static ProxyConfig.Bulk bulk(ObjectReader o) {
        var format = o.string("format");
        if (!format.equals("ndjson") && !format.equals("odata")) {
            o.fault("format", "unknown bulk format '" + format + "'", "one of ndjson, odata");
        }
        return new ProxyConfig.Bulk(format, o.string("path"));
    }

    private static TlsConfig tls(ObjectReader o) {
        if (!o.has("mode")) {
            o.faultHere("the field 'mode' is missing", "one of off, simple, mutual");
        }
        return new TlsConfig(
                o.choice("mode", TlsMode.CHOICE, TlsMode.OFF),
                o.optionalString("certificate"),
                o.optionalString("key"),
                o.optionalString("authority"),
                o.optionalString("password"),
                o.choice("outbound", TlsMode.CHOICE, TlsMode.OFF));
    }

    private static UpstreamTls upstreamTls(ObjectReader o) {
        return new UpstreamTls(
                o.has("mode") ? o.choice("mode", TlsMode.CHOICE, TlsMode.OFF) : null,
                o.optionalString("identity"));
    }

    private static LinkConfig link(ObjectReader o) {
        return new LinkConfig(
                o.string("link"),
                o.string("host"),
                o.objects("routes", r -> PolicyJson.readRoute(r, r.string("name"))),
                o.entries("subsets", (s, name) -> s.objects(name, ConfigJson::upstream)),
                PolicyJson.readResilience(o),
                Objects.requireNonNullElse(
                        o.object("batch", BatchJson::read), BatchWindow.DEFAULT));
    }

    private static LinkConfig.Upstream upstream(ObjectReader o) {
        return new LinkConfig.Upstream(
                address(o, "address"),
                o.optionalString("zone"),
                o.integer("weight", Range.positive(), 1),
                o.choice("peer", Peer.CHOICE, Peer.PLAIN),
                o.choice("protocol", HttpProtocol.CHOICE, HttpProtocol.HTTP1),
                o.object("tls", ConfigJson::upstreamTls));
    }

    /** The config as JSON, fields in the order of the contract. */
    public static ObjectNode write(ProxyConfig config) {
        return ObjectWriter.object(o ->
                o.put("format", ProxyConfig.FORMAT)
                        .put("proxy", config.proxy())
                        .put("service", config.service())
                        .put("zone", config.zone())
                        .put("listeners", config.listeners(), ConfigJson::write)
                        .put("inbound", config.inbound(), ConfigJson::write)
                        .putArray("links", config.links(), ConfigJson::write)
                        .put("tls", config.tls(), ConfigJson::write)
                        .put("tracing", config.tracing(), Tracing::write));
    }

    private static ObjectNode write(ProxyConfig.Listeners listeners) {
        return ObjectWriter.object(
                o -> o.put("outbound", listeners.outbound()).put("inbound", listeners.inbound()));
    }

    private static ObjectNode write(ProxyConfig.Inbound inbound) {
        return ObjectWriter.object(o ->
                o.put("endpoint", inbound.endpoint())
                        .putAll("allow", inbound.allow(), ConfigJson::write)
                        .put("bulk", inbound.bulk(), ConfigJson::write)
                        .put("protocol", named(inbound.protocol())));
    }

    private static ObjectNode write(ProxyConfig.Allow allow) {
        return ObjectWriter.object(o ->
                o.put("identity", allow.identity())
                        .putStrings("methods", allow.methods())
                        .putStrings("paths", allow.paths()));
    }

    private static ObjectNode write(ProxyConfig.Bulk bulk) {
        return ObjectWriter.object(o -> o.put("format", bulk.format()).put("path", bulk.path()));
    }

    private static ObjectNode write(TlsConfig tls) {
        return ObjectWriter.object(o ->
                o.put("mode", tls.mode().label())
                        .put("certificate", tls.certificate())
                        .put("key", tls.key())
                        .put("authority", tls.authority())
                        .put("password", tls.password())
                        .put("outbound", tls.outbound().on() ? tls.outbound().label() : null));
    }

    private static ObjectNode write(UpstreamTls tls) {
        return ObjectWriter.object(o ->
                o.put("mode", tls.mode() == null ? null : tls.mode().label())
                        .put("identity", tls.identity()));
    }

    /** The name of a protocol; null for the usual one. */
    private static @Nullable String named(HttpProtocol protocol) {
        return protocol == HttpProtocol.HTTP1 ? null : protocol.label();
    }

    private static ObjectNode write(LinkConfig link) {
        return ObjectWriter.object(o ->
                o.put("link", link.link())
                        .put("host", link.host())
                        .putArray("routes", link.routes(), PolicyJson::write)
                        .putMap("subsets", link.subsets(), ConfigJson::upstreams)
                        .with(w -> PolicyJson.put(w, link.resilience()))
                        .put("batch", link.batch(), BatchJson::write));
    }

    private static JsonNode upstreams(List<LinkConfig.Upstream> upstreams) {
        var array = JsonNodeFactory.instance.arrayNode();
        upstreams.forEach(u -> array.add(write(u)));
        return array;
    }

    private static ObjectNode write(LinkConfig.Upstream upstream) {
        return ObjectWriter.object(o ->
                o.put("address", upstream.address())
                        .put("zone", upstream.zone())
                        .put("weight", upstream.weight())
                        .put("peer", upstream.peer().label())
                        .put("protocol", named(upstream.protocol()))
                        .put("tls", upstream.tls(), ConfigJson::write));
    }

    /** The config as text for people, by lines. */
    public static String pretty(ProxyConfig config) {
        return JsonText.pretty(write(config));
    }
}
