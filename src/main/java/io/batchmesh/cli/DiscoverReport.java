package io.batchmesh.cli;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.Disagreement;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What was discovered, as a table or as JSON. */
final class DiscoverReport {
    private DiscoverReport() {}

    static void print(Output output, Topology topology, MeshSnapshot seen) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("link", "rate", "errors", "mean", "p50", "p99"));
        for (var id : topology.links().keySet()) {
            var link = seen.link(id.toString());
            if (link == null) {
                rows.add(List.of(id.toString(), "nothing seen", "", "", "", ""));
            } else {
                var latency = link.latency().all();
                rows.add(
                        List.of(
                                id.toString(),
                                Figures.rate(link.requestsPerSecond()),
                                Figures.number(100 * link.errorShare()) + " %",
                                Figures.latency(latency.mean()),
                                Figures.latency(latency.p50()),
                                Figures.latency(latency.p99())));
            }
        }
        Plain.columns(rows).forEach(output::line);
        output.line(
                "%d services, %d links, %d proxies"
                        .formatted(
                                topology.services().size(),
                                topology.links().size(),
                                topology.proxies().size()));
    }

    static void write(
            ObjectWriter object,
            Topology topology,
            MeshSnapshot seen,
            List<Disagreement> disagreements) {
        var services = JsonNodeFactory.instance.arrayNode();
        topology.services()
                .values()
                .forEach(service ->
                        services.add(
                                ObjectWriter.object(o -> {
                                    o.put("name", service.name())
                                            .put("kind", service.kind().label());
                                    if (service.namespace() != null) {
                                        o.put("namespace", service.namespace());
                                    }
                                })));
        var links = JsonNodeFactory.instance.arrayNode();
        topology.links().keySet().forEach(id -> links.add(link(id.toString(), seen)));
        var unknown = JsonNodeFactory.instance.arrayNode();
        disagreements.forEach(d -> unknown.add(d.link().toString()));
        object.put("services", services).put("links", links).put("notDrawn", unknown);
    }

    private static JsonNode link(String name, MeshSnapshot seen) {
        return ObjectWriter.object(o -> {
            o.put("link", name);
            var link = seen.link(name);
            if (link != null) {
                numbers(o, link);
            }
        });
    }

    private static void numbers(ObjectWriter object, LinkMetrics link) {
        var latency = link.latency().all();
        object.put("itemsPerSecond", link.requestsPerSecond())
                .put("errorShare", link.errorShare())
                .put("mean", latency.mean())
                .put("p50", latency.p50())
                .put("p99", latency.p99());
    }
}
