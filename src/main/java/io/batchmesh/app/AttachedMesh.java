package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.Desktop;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.PrometheusApi;
import io.batchmesh.observe.PrometheusSettings;
import io.batchmesh.observe.PrometheusSource;
import io.batchmesh.observe.ServiceNames;
import io.batchmesh.ui.shell.Session;
import org.jspecify.annotations.Nullable;

/** Proxies that run already, whoever started them; they go on when the window is closed. */
final class AttachedMesh implements MeshOfWindow {
    private final Desktop.Attached attached;
    private final @Nullable PrometheusSource source;

    AttachedMesh(Desktop.Attached attached, Topology drawn, CommandContext context) {
        this.attached = attached;
        var watched = attached.watched();
        source =
                watched == null
                        ? null
                        : new PrometheusSource(
                                new PrometheusApi(
                                        watched.client(),
                                        watched.address(),
                                        PrometheusApi.Limits.DEFAULT),
                                PrometheusSettings.DEFAULT,
                                new ServiceNames(drawn),
                                context.clocks(),
                                context.io());
    }

    @Override
    public void launch() {
        // They run already.
    }

    @Override
    public void connect(Session session) {
        var traces = attached.traces();
        if (traces != null) {
            session.traces(traces);
        }
        session.connect(attached.environment(), source);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
