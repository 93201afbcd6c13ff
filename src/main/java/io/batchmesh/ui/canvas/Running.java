package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Ordered;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the proxies say they run. What is not in it is not known, and then only the edit is shown.
 *
 * @param windows batch window by link
 * @param splits weight by subset of the route that takes what no other takes, by service
 */
public record Running(
        Map<LinkId, BatchWindow> windows, Map<ServiceId, Map<String, Integer>> splits) {
    /** Nothing is known of it. */
    public static final Running NONE = new Running(Map.of(), Map.of());

    public Running {
        windows = Ordered.copy(windows);
        splits = Ordered.copy(splits);
    }

    /** What runs when this topology was pushed and every proxy took it. */
    public static Running of(Topology pushed) {
        var windows = new LinkedHashMap<LinkId, BatchWindow>();
        pushed.links().values().forEach(link -> windows.put(link.id(), link.window()));
        var splits = new LinkedHashMap<ServiceId, Map<String, Integer>>();
        pushed.services().values().forEach(service -> splits.put(service.id(), Splits.of(service)));
        return new Running(windows, splits);
    }
}
