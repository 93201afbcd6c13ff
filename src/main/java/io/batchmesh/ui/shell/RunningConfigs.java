package io.batchmesh.ui.shell;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.JsonText;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Route;
import io.batchmesh.ui.Deployment;
import io.batchmesh.ui.canvas.Running;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads from the documents of the proxies what the canvas shows as running. */
final class RunningConfigs {
    private RunningConfigs() {}

    /** The configs of the sidecars that answered with one. */
    static List<ProxyConfig> of(Deployment deployment) {
        var configs = new ArrayList<ProxyConfig>();
        for (var found : deployment.running().values()) {
            if (found instanceof RunningDocument.Present present
                    && ConfigJson.read(JsonText.canonical(present.document().body()))
                            instanceof ConfigResult.Valid valid) {
                configs.add(valid.config());
            }
        }
        return configs;
    }

    static Running running(Deployment deployment) {
        var windows = new LinkedHashMap<LinkId, BatchWindow>();
        var splits = new LinkedHashMap<ServiceId, Map<String, Integer>>();
        for (var config : of(deployment)) {
            for (var link : config.links()) {
                var id = LinkId.parse(link.link());
                if (id != null) {
                    windows.put(id, link.batch());
                    splits.put(id.to(), catchAll(link));
                }
            }
        }
        return new Running(windows, splits);
    }

    private static Map<String, Integer> catchAll(LinkConfig link) {
        return link.routes().stream()
                .filter(r -> r.match() == null)
                .reduce((a, b) -> b)
                .map(Route::split)
                .orElse(Map.of());
    }
}
