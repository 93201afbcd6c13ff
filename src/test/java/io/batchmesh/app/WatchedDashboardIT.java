package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.cli.Desktop;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.FakePrometheus;
import io.batchmesh.observe.MeshSeries;
import io.batchmesh.store.Autosave;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.shell.Dashboard;
import io.batchmesh.ui.shell.DashboardOptions;
import io.batchmesh.ui.theme.Appearance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard on the metrics of somebody else's mesh: drawn by itself, and nothing is written.
 */
class WatchedDashboardIT {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");
    private static final Path PICTURES = Path.of("target/screenshots");

    @TempDir private Path folder;

    private static void await(Wiring wiring, String what, BooleanSupplier holds)
            throws InterruptedException {
        for (var i = 0; !FxDesktop.onFx(holds::getAsBoolean); i++) {
            assertTrue(i < 600, "waited in vain until " + what);
            wiring.context().stop().await(Duration.ofMillis(50));
        }
    }

    @Test
    void aMeshIsDrawnFromItsTrafficAndCanNeitherBePushedToNorSaved() throws Exception {
        var now = System.currentTimeMillis();
        try (var wiring = new Wiring(new FxDesktop());
                var server =
                        new FakePrometheus(
                                MeshSeries.everything(now, 60).series,
                                now,
                                wiring.context().io())) {
            var context = wiring.context();
            try {
                Platform.startup(() -> {});
            } catch (IllegalStateException e) {
                // Another test has started it.
            }
            Platform.setImplicitExit(false);
            var file = TopologyFile.unsaved(folder.resolve("traffic"), Topology.empty("traffic"));
            var timing = Autosave.Timing.of(context.clocks().wall(), context.timer(), context.io());
            var options =
                    new DashboardOptions(Appearance.Choice.DARK, folder.resolve("journals"), timing)
                            .onlyLooking();
            var parts = DesktopParts.session(context);
            var dashboard =
                    FxDesktop.onFx(() ->
                            new Dashboard(file, context.clocks(), parts, context.io(), options));
            var watched = new Desktop.Watched(server.address(), context.http().get());
            var mesh = new WatchedMesh(watched, file.topology(), context);
            mesh.connect(dashboard.session());
            var workspace = dashboard.workspace();
            await(wiring, "traffic is drawn", () -> workspace.topology().link(LINK) != null);
            FxDesktop.onFx(() -> {
                workspace.select(Selection.of(LINK));
                return true;
            });
            await(
                    wiring,
                    "a second round is seen",
                    () -> workspace.past().size() > 40 && !dashboard.shell().canvas().isDisabled());
            wiring.context().stop().await(Duration.ofMillis(1_500));
            check(dashboard);
            picture(dashboard, "watching-dark.png");
            FxDesktop.onFx(() -> {
                ((Button) dashboard.scene().lookup("#theme")).fire();
                return true;
            });
            picture(dashboard, "watching-light.png");
            mesh.close();
            FxDesktop.onFx(() -> {
                dashboard.close();
                return true;
            });
        }
        assertFalse(Files.exists(folder.resolve("traffic")), "nothing is written");
        try (var files = Files.walk(folder)) {
            assertEquals(0, files.filter(Files::isRegularFile).count(), "nothing is written");
        }
    }

    private static void check(Dashboard dashboard) {
        var push = (Button) dashboard.scene().lookup("#push");
        assertTrue(push.isDisabled());
        assertEquals("Read-only", push.getText());
        var words =
                FxDesktop.onFx(() -> {
                    ((Button) dashboard.scene().lookup("#save")).fire();
                    return dashboard.scene().lookup("#status-bar").lookupAll(".label").stream()
                            .map(label -> ((Labeled) label).getText())
                            .toList();
                });
        assertTrue(words.contains("read-only: push is off, nothing is written"), words.toString());
        assertTrue(words.contains("11 services, 6 links drawn from traffic"), words.toString());
        assertTrue(words.stream().anyMatch(w -> w.contains("discover --out")), words.toString());
        var link = dashboard.workspace().snapshotProperty().get().link(LINK.toString());
        assertEquals(100, link == null ? 0 : link.requestsPerSecond(), 1e-6);
    }

    private static void picture(Dashboard dashboard, String name) throws Exception {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name), FxDesktop.onFx(dashboard::picture));
    }
}
