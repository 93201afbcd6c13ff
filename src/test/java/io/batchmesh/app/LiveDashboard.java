package io.batchmesh.app;

import io.batchmesh.mesh.MeshParts;
import io.batchmesh.mesh.MeshSettings;
import io.batchmesh.mesh.RunningMesh;
import io.batchmesh.store.Autosave;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.target.Environment;
import io.batchmesh.ui.shell.Dashboard;
import io.batchmesh.ui.shell.DashboardOptions;
import io.batchmesh.ui.theme.Appearance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;

/** A dashboard on a copy of a sample, watching a local mesh that really runs in this process. */
final class LiveDashboard implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    final Wiring wiring = new Wiring(new FxDesktop());
    final RunningMesh mesh;
    final Environment environment;
    final Dashboard dashboard;

    LiveDashboard(String sample, double rate, Path folder, Appearance.Choice theme)
            throws Exception {
        var path = folder.resolve(sample);
        Files.copy(Path.of("sample-topologies").resolve(sample), path);
        var file = ((LoadResult.Loaded) TopologyFile.load(path)).file();
        var context = wiring.context();
        mesh =
                RunningMesh.start(
                        file.topology(),
                        MeshSettings.DEFAULT.withRate(rate),
                        new MeshParts(context.loops().get(), context.clocks(), context.io()));
        environment = mesh.registration(path.toString()).environment();
        var timing = Autosave.Timing.of(context.clocks().wall(), context.timer(), context.io());
        var options = new DashboardOptions(theme, folder.resolve("journals"), timing);
        var parts = DesktopParts.session(context);
        startToolkit();
        dashboard =
                FxDesktop.onFx(
                        () -> new Dashboard(file, context.clocks(), parts, context.io(), options));
        dashboard.session().connect(environment);
    }

    private static void startToolkit() {
        try {
            Platform.startup(() -> {});
        } catch (IllegalStateException e) {
            // Another test has started it.
        }
        Platform.setImplicitExit(false);
    }

    /** Waits until something holds on the FX thread. */
    void await(String what, BooleanSupplier holds) throws InterruptedException {
        long start = System.nanoTime();
        while (!FxDesktop.onFx(holds::getAsBoolean)) {
            if (System.nanoTime() - start > SOON.toNanos()) {
                throw new AssertionError(
                        "waited in vain until %s; %s; not running yet: %s"
                                .formatted(what, FxDesktop.onFx(dashboard::line), missing()));
            }
            pause(Duration.ofMillis(50));
        }
    }

    private String missing() {
        return FxDesktop.onFx(
                () -> dashboard.workspace().deploymentProperty().get().plan().toString());
    }

    /** Lets the mesh run on; what is awaited happens in other threads and at real proxies. */
    void pause(Duration time) throws InterruptedException {
        wiring.context().stop().await(time);
    }

    @Override
    public void close() {
        FxDesktop.onFx(() -> {
            dashboard.close();
            return true;
        });
        mesh.close();
        wiring.close();
    }
}
