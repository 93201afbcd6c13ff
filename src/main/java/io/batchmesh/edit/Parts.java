package io.batchmesh.edit;

import io.batchmesh.edit.EditCommand.Refusal;
import io.batchmesh.model.Group;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Note;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes of a part of a topology that leave the rest, and all order, as it is. */
final class Parts {
    private Parts() {}

    static Topology service(Topology t, ServiceId id, UnaryOperator<Service> change) {
        var service = t.service(id);
        if (service == null) {
            throw new IllegalStateException("there is no service " + id);
        }
        return t.with(change.apply(service));
    }

    static Topology link(Topology t, LinkId id, UnaryOperator<Link> change) {
        var link = t.link(id);
        if (link == null) {
            throw new IllegalStateException("there is no link " + id);
        }
        return t.with(change.apply(link));
    }

    static @Nullable Refusal noService(Topology t, ServiceId id) {
        return t.service(id) == null
                ? new Refusal("there is no service '" + id + "'", "add it first")
                : null;
    }

    static @Nullable Refusal noLink(Topology t, LinkId id) {
        return t.link(id) == null
                ? new Refusal("there is no link " + arrow(id), "draw it first")
                : null;
    }

    static @Nullable Refusal blank(String what, String name) {
        return name.isBlank() ? new Refusal("the " + what + " has no name", "name it") : null;
    }

    static String arrow(LinkId id) {
        return id.from() + " → " + id.to();
    }

    /** An index of values by key, in their order. */
    static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
        var map = new LinkedHashMap<K, V>();
        values.forEach(v -> map.put(key.apply(v), v));
        return map;
    }

    static <T> List<T> plus(List<T> list, T value) {
        var copy = new ArrayList<>(list);
        copy.add(value);
        return copy;
    }

    static <T> List<T> without(List<T> list, Predicate<T> which) {
        return list.stream().filter(which.negate()).toList();
    }

    /** The list with every value replaced for which {@code which} holds. */
    static <T> List<T> replace(List<T> list, Predicate<T> which, UnaryOperator<T> change) {
        return list.stream().map(v -> which.test(v) ? change.apply(v) : v).toList();
    }

    static Topology groups(Topology t, List<Group> groups) {
        return new Topology(
                t.name(),
                t.services(),
                t.links(),
                t.proxies(),
                t.layout(),
                groups,
                t.notes(),
                t.tracing(),
                t.alerts());
    }

    static Topology notes(Topology t, List<Note> notes) {
        return new Topology(
                t.name(),
                t.services(),
                t.links(),
                t.proxies(),
                t.layout(),
                t.groups(),
                notes,
                t.tracing(),
                t.alerts());
    }
}
