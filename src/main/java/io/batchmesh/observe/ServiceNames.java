package io.batchmesh.observe;

import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the services of metrics are called in a drawing, and what was learnt of them by the way.
 * Where two namespaces have a service of the same name, the one that was drawn or seen first keeps
 * the name, and the other is called {@code name.namespace}. Safe for any number of threads.
 */
public final class ServiceNames {
    /** No mesh has more services; metrics gone wild might. */
    private static final int MOST = 20_000;

    private static final int LONGEST = 253;

    private final Map<Place, String> ids = new LinkedHashMap<>();
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    private final Map<String, Carrier> carriers = new HashMap<>();

    private record Place(String name, String namespace) {}

    /**
     * What is known of a service.
     *
     * @param namespace where it belongs, or null
     * @param kind what it is
     */
    public record Seen(@Nullable String namespace, ServiceKind kind) {}

    /** Names without a drawing. */
    public ServiceNames() {}

    /** Names that begin as in a drawing. */
    public ServiceNames(Topology drawn) {
        for (var service : drawn.services().values()) {
            var namespace = service.namespace();
            ids.put(new Place(service.name(), namespace == null ? "" : namespace), service.name());
            seen.put(service.name(), new Seen(namespace, service.kind()));
        }
    }

    /** The name of a service in the drawing. */
    public synchronized String id(String name, @Nullable String namespace, ServiceKind kind) {
        var plain = wellFormed(name);
        var place = new Place(plain, namespace == null ? "" : namespace);
        var known = ids.get(place);
        if (known != null) {
            return known;
        }
        var id = free(plain, namespace);
        if (ids.size() < MOST) {
            ids.put(place, id);
            seen.putIfAbsent(id, new Seen(namespace, kind));
        }
        return id;
    }

    private String free(String name, @Nullable String namespace) {
        var holder = seen.get(name);
        if (holder == null || namespace == null || holder.namespace() == null) {
            return name;
        }
        return wellFormed(name + "." + namespace);
    }

    /** What is known of a service, null where nothing is. */
    public synchronized @Nullable Seen seen(ServiceId id) {
        return seen.get(id.name());
    }

    /**
     * Who carries the calls of a service.
     *
     * @param kind the kind of its proxies, null where a drawing knows none such
     */
    public record Carrier(@Nullable ProxyKind kind) {}

    /** Who carries the calls of a service, null where nobody has told. */
    public synchronized @Nullable Carrier carrier(ServiceId service) {
        return carriers.get(service.name());
    }

    /**
     * Learns who carries the calls over a link, {@code from->to}; the first to tell is believed.
     */
    synchronized void carried(@Nullable String link, @Nullable ProxyKind kind) {
        var arrow = link == null ? -1 : link.indexOf("->");
        if (link != null && arrow > 0 && carriers.size() < MOST) {
            carriers.putIfAbsent(link.substring(0, arrow), new Carrier(kind));
        }
    }

    /** The nearest name that a service may have. */
    static String wellFormed(String name) {
        var plain =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]+", "-")
                        .replaceAll("^[.-]+|[.-]+$", "");
        plain = plain.substring(0, Math.min(plain.length(), LONGEST)).replaceAll("[.-]+$", "");
        return plain.isEmpty() ? "unknown" : plain;
    }
}
