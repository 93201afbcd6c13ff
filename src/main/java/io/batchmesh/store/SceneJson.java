package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Note;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of what stands around services and links: proxies, layout, groups, notes. */
final class SceneJson {
    private static final Range CANVAS = Range.of(-1_000_000, 1_000_000);

    private SceneJson() {}

    static Proxy readProxy(ObjectReader o) {
        return new Proxy(
                new ProxyId(Fields.name(o, "name")),
                new ServiceId(Fields.name(o, "service")),
                o.optionalString("subset"),
                o.choice("kind", ProxyKind.CHOICE, ProxyKind.SIDECAR),
                admin(o));
    }

    private static @Nullable URI admin(ObjectReader o) {
        var text = o.optionalString("admin");
        if (text == null) {
            return null;
        }
        try {
            var uri = new URI(text);
            if (!uri.isOpaque() && uri.getHost() != null && isHttp(uri)) {
                if (uri.getRawUserInfo() == null) {
                    return uri;
                }
                var mend = "take them out; credentials belong to the target, not into a file";
                o.fault("admin", "the address carries credentials", mend);
                return null;
            }
        } catch (URISyntaxException e) {
            // The fault below says it in words that help.
        }
        o.fault("admin", "'" + text + "' is no address", "write http://host:port");
        return null;
    }

    private static boolean isHttp(URI uri) {
        return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    }

    static ObjectNode write(Proxy proxy) {
        var admin = proxy.admin();
        return ObjectWriter.object(o ->
                o.put("name", proxy.id().name())
                        .put("service", proxy.service().name())
                        .put("subset", proxy.subset())
                        .put("kind", proxy.kind().label())
                        .put("admin", admin == null ? null : admin.toString()));
    }

    static Layout readLayout(ObjectReader o) {
        var places = new LinkedHashMap<ServiceId, Layout.Position>();
        o.map("services", SceneJson::readPosition)
                .forEach((name, at) -> places.put(new ServiceId(name), at));
        return new Layout(places);
    }

    private static Layout.Position readPosition(ObjectReader o) {
        return new Layout.Position(coordinate(o, "x"), coordinate(o, "y"), o.flag("pinned", false));
    }

    private static double coordinate(ObjectReader o, String name) {
        Fields.require(o, name, "add a number");
        return o.number(name, CANVAS, 0);
    }

    static ObjectNode write(Layout layout) {
        Map<String, Layout.Position> places = new LinkedHashMap<>();
        layout.services().forEach((id, at) -> places.put(id.name(), at));
        return ObjectWriter.object(o -> o.putMap("services", places, SceneJson::write));
    }

    private static ObjectNode write(Layout.Position at) {
        return ObjectWriter.object(o -> {
            o.put("x", at.x()).put("y", at.y());
            if (at.pinned()) {
                o.put("pinned", true);
            }
        });
    }

    static Group readGroup(ObjectReader o) {
        return new Group(
                Fields.name(o, "name"),
                o.strings("services").stream().map(ServiceId::new).toList(),
                o.flag("collapsed", false));
    }

    static ObjectNode write(Group group) {
        return ObjectWriter.object(o ->
                o.put("name", group.name())
                        .putStrings(
                                "services", group.services().stream().map(ServiceId::name).toList())
                        .put("collapsed", group.collapsed()));
    }

    static Note readNote(ObjectReader o) {
        return new Note(o.string("text"), coordinate(o, "x"), coordinate(o, "y"));
    }

    static ObjectNode write(Note note) {
        return ObjectWriter.object(
                o -> o.put("text", note.text()).put("x", note.x()).put("y", note.y()));
    }

    /** The layout, or nothing where no service has a place. */
    static @Nullable Layout orNothing(Layout layout) {
        return Objects.equals(layout, Layout.EMPTY) ? null : layout;
    }
}
