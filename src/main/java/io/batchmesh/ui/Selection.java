package io.batchmesh.ui;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is selected, in the order in which it was. Immutable. */
public record Selection(Set<ServiceId> services, Set<LinkId> links) {
    /** Nothing. */
    public static final Selection NONE = new Selection(Set.of(), Set.of());

    public Selection {
        services = Collections.unmodifiableSet(new LinkedHashSet<>(services));
        links = Collections.unmodifiableSet(new LinkedHashSet<>(links));
    }

    public static Selection of(ServiceId service) {
        return new Selection(Set.of(service), Set.of());
    }

    public static Selection of(LinkId link) {
        return new Selection(Set.of(), Set.of(link));
    }

    public static Selection ofServices(Set<ServiceId> services) {
        return new Selection(services, Set.of());
    }

    public boolean isEmpty() {
        return services.isEmpty() && links.isEmpty();
    }

    public boolean contains(ServiceId service) {
        return services.contains(service);
    }

    public boolean contains(LinkId link) {
        return links.contains(link);
    }

    /** The service, when it is the only thing selected. */
    public @Nullable ServiceId onlyService() {
        return services.size() == 1 && links.isEmpty() ? services.iterator().next() : null;
    }

    /** The link, when it is the only thing selected. */
    public @Nullable LinkId onlyLink() {
        return links.size() == 1 && services.isEmpty() ? links.iterator().next() : null;
    }

    /** With the service when it was not selected, without it when it was. */
    public Selection toggled(ServiceId service) {
        return new Selection(toggled(services, service), links);
    }

    /** With the link when it was not selected, without it when it was. */
    public Selection toggled(LinkId link) {
        return new Selection(services, toggled(links, link));
    }

    /** All that is selected here or there. */
    public Selection and(Selection other) {
        var bothServices = new LinkedHashSet<>(services);
        bothServices.addAll(other.services);
        var bothLinks = new LinkedHashSet<>(links);
        bothLinks.addAll(other.links);
        return new Selection(bothServices, bothLinks);
    }

    /** What of it is still drawn. */
    public Selection within(Topology topology) {
        var left = new LinkedHashSet<>(services);
        left.retainAll(topology.services().keySet());
        var leftLinks = new LinkedHashSet<>(links);
        leftLinks.retainAll(topology.links().keySet());
        return left.size() == services.size() && leftLinks.size() == links.size()
                ? this
                : new Selection(left, leftLinks);
    }

    private static <T> Set<T> toggled(Set<T> set, T thing) {
        var copy = new LinkedHashSet<>(set);
        if (!copy.remove(thing)) {
            copy.add(thing);
        }
        return copy;
    }
}
