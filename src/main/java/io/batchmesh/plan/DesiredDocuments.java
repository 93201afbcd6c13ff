package io.batchmesh.plan;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.document.Document;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Topology;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Documents;
import io.batchmesh.translate.SidecarTranslation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents that make a drawing hold at a target, in the order in which they may be changed:
 * the sidecars of a service before those of its callers, so that nobody calls what is not there
 * yet. Where services call each other in a circle, the order within it is that of the drawing.
 */
public final class DesiredDocuments {
    private final Map<String, List<ProxyConfig>> byService = new LinkedHashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final List<ProxyConfig> ordered = new ArrayList<>();

    private DesiredDocuments(List<ProxyConfig> configs) {
        for (var config : configs) {
            byService.computeIfAbsent(config.service(), s -> new ArrayList<>()).add(config);
        }
    }

    /**
     * The documents.
     *
     * @param addresses where the target's sidecars listen; {@link AddressBook#AS_DRAWN} for a
     *     target that has only those sidecars which the drawing declares
     */
    public static List<Document> of(Topology topology, AddressBook addresses) {
        var configs =
                SidecarTranslation.configs(topology, addresses).stream()
                        .filter(c -> !addresses.sites().isEmpty() || declared(topology, c))
                        .toList();
        return Documents.of(new DesiredDocuments(configs).ordered());
    }

    private static boolean declared(Topology topology, ProxyConfig config) {
        var proxy = topology.proxies().get(new ProxyId(config.proxy()));
        return proxy != null && proxy.kind() == ProxyKind.SIDECAR;
    }

    private List<ProxyConfig> ordered() {
        byService.keySet().forEach(this::visit);
        return ordered;
    }

    /** Depth first, on a stack of our own: a chain of thousands of services is allowed. */
    private void visit(String root) {
        Deque<Step> path = new ArrayDeque<>();
        enter(root, path);
        while (!path.isEmpty()) {
            var step = path.getFirst();
            var next = step.callees.poll();
            if (next != null) {
                enter(next, path);
            } else {
                ordered.addAll(byService.getOrDefault(step.service, List.of()));
                path.removeFirst();
            }
        }
    }

    private record Step(String service, Deque<String> callees) {}

    private void enter(String service, Deque<Step> path) {
        if (entered.add(service)) {
            var callees = new ArrayDeque<String>();
            for (var config : byService.getOrDefault(service, List.of())) {
                config.links().forEach(link -> callees.add(link.host()));
            }
            path.addFirst(new Step(service, callees));
        }
    }
}
