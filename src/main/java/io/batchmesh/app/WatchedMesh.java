package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.Desktop;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.PrometheusApi;
import io.batchmesh.observe.PrometheusSettings;
import io.batchmesh.observe.PrometheusSource;
import io.batchmesh.observe.ServiceNames;
import io.batchmesh.ui.shell.Session;

/** A mesh whose metrics a Prometheus server has. It is looked at and left as it is. */
final class WatchedMesh implements MeshOfWindow {
    private final PrometheusApi api;
    private final ServiceNames names;
    private final PrometheusSource source;

    WatchedMesh(Desktop.Watched watched, Topology drawn, CommandContext context) {
        api = new PrometheusApi(watched.client(), watched.address(), PrometheusApi.Limits.DEFAULT);
        names = new ServiceNames(drawn);
        source =
                new PrometheusSource(
                        api, PrometheusSettings.DEFAULT, names, context.clocks(), context.io());
    }

    @Override
    public void launch() {
        // The server runs already.
    }

    @Override
    public void connect(Session session) {
        session.watch(api.place(), source, names);
    }

    @Override
    public void close() {
        source.close();
    }
}
