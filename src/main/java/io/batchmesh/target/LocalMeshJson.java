package io.batchmesh.target;

import io.batchmesh.json.Fault;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.translate.AddressBook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The JSON by which a running mesh is registered. */
final class LocalMeshJson {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:0");

    private LocalMeshJson() {}

    /** What came of reading a registration. */
    sealed interface Result {
        /** It is one. */
        record Read(LocalMesh mesh) implements Result {}

        /** It is none. */
        record Bad(List<Fault> faults) implements Result {}
    }

    static Result read(JsonDocument document) {
        var faults = new Faults(document);
        var mesh = document.read(faults, LocalMeshJson::mesh);
        return faults.isEmpty() ? new Result.Read(mesh) : new Result.Bad(faults.list());
    }

    private static LocalMesh mesh(ObjectReader o) {
        return new LocalMesh(
                o.string("name"),
                o.integer("pid", Range.positive(), 0),
                uri(o, "entry"),
                o.string("topology"),
                o.objects("proxies", LocalMeshJson::proxy),
                o.objects("detours", LocalMeshJson::detour),
                o.objects("outside", LocalMeshJson::outside),
                o.optionalString("certificates"),
                o.flag("fleet", false));
    }

    private static LocalMesh.LocalProxy proxy(ObjectReader o) {
        return new LocalMesh.LocalProxy(
                new ProxyId(o.string("name")),
                new ServiceId(o.string("service")),
                o.string("subset"),
                uri(o, "admin"),
                new AddressBook.Site(
                        o.string("outbound"), o.string("inbound"), o.string("endpoint")));
    }

    private static LocalMesh.Detour detour(ObjectReader o) {
        return new LocalMesh.Detour(link(o), new ProxyId(o.string("callee")), o.string("address"));
    }

    private static LocalMesh.Outside outside(ObjectReader o) {
        return new LocalMesh.Outside(link(o), o.string("endpoint"), o.string("address"));
    }

    private static LinkId link(ObjectReader o) {
        var link = LinkId.parse(o.string("link"));
        if (link == null) {
            o.fault("link", "this is no link", "write from->to");
        }
        return Objects.requireNonNullElse(link, LinkId.of("", ""));
    }

    private static URI uri(ObjectReader o, String name) {
        try {
            return new URI(o.string(name, ""));
        } catch (URISyntaxException e) {
            o.fault(name, "this is no URL: " + e.getReason(), "");
            return NOWHERE;
        }
    }

    static ObjectNode write(LocalMesh mesh) {
        return ObjectWriter.object(o -> {
            o.put("name", mesh.name())
                    .put("pid", mesh.pid())
                    .put("entry", mesh.entry().toString())
                    .put("topology", mesh.topology())
                    .putArray("proxies", mesh.proxies(), LocalMeshJson::write)
                    .putArray("detours", mesh.detours(), LocalMeshJson::write)
                    .putAll("outside", mesh.outside(), LocalMeshJson::write)
                    .put("certificates", mesh.certificates());
            if (mesh.fleet()) {
                o.put("fleet", true);
            }
        });
    }

    private static ObjectNode write(LocalMesh.LocalProxy proxy) {
        return ObjectWriter.object(o ->
                o.put("name", proxy.name().name())
                        .put("service", proxy.service().name())
                        .put("subset", proxy.subset())
                        .put("admin", proxy.admin().toString())
                        .put("outbound", proxy.site().outbound())
                        .put("inbound", proxy.site().inbound())
                        .put("endpoint", proxy.site().endpoint()));
    }

    private static ObjectNode write(LocalMesh.Detour detour) {
        return ObjectWriter.object(o ->
                o.put("link", detour.link().toString())
                        .put("callee", detour.callee().name())
                        .put("address", detour.address()));
    }

    private static ObjectNode write(LocalMesh.Outside outside) {
        return ObjectWriter.object(o ->
                o.put("link", outside.link().toString())
                        .put("endpoint", outside.endpoint())
                        .put("address", outside.address()));
    }
}
