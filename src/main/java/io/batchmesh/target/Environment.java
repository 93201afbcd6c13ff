package io.batchmesh.target;

import io.batchmesh.model.ProxyId;
import io.batchmesh.translate.AddressBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running proxies that a topology is compared with and pushed to.
 *
 * @param name how people name it: {@code local:bookinfo}, {@code drawn}
 * @param proxies its proxies, each name once
 * @param addresses where its sidecars listen, where that differs from the drawing
 */
public record Environment(String name, List<ProxyEndpointRef> proxies, AddressBook addresses) {
    public Environment {
        proxies = List.copyOf(proxies);
    }

    /** The proxy of a name, or null where there is none. */
    public @Nullable ProxyEndpointRef proxy(ProxyId name) {
        return proxies.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
    }
}
