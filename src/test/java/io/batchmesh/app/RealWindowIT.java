package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.theme.Appearance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/** What only a real window can show: its full size, and clicks of a real pointer on the canvas. */
@Tag("needs-display")
class RealWindowIT {
    private static final ServiceId SERVICE = new ServiceId("details");

    /**
     * GTK brings a libzstd of its own. What binds to zstd after GTK was loaded may get functions of
     * that one for contexts of ours, and crashes. Here both are in one process; the desktop leaves
     * the mesh to a process of its own.
     */
    @BeforeAll
    static void bindZstdBeforeGtkIsLoaded() {
        try (var compressor = new ZstdCompressCtx()) {
            compressor.setLevel(1);
        }
    }

    @TempDir private Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aWindowOfFullSizeShowsTheLiveMeshAndTakesClicksOnTheCanvas() throws Exception {
        var stage = FxToolkit.registerPrimaryStage();
        try (var live = new LiveDashboard("bookinfo.json", 100, folder, Appearance.Choice.LIGHT)) {
            FxDesktop.onFx(() -> shown(live, stage));
            live.await(
                    "numbers are seen",
                    () -> !live.dashboard.workspace().snapshotProperty().get().links().isEmpty());
            assertTrue(stage.getWidth() >= 1600, "the window is " + stage.getWidth() + " wide");

            var canvas = live.dashboard.shell().canvas();
            live.await("the service is drawn", () -> canvas.screenPointOf(SERVICE) != null);
            var place = FxDesktop.onFx(() -> Objects.requireNonNull(canvas.screenPointOf(SERVICE)));
            new FxRobot().clickOn(place);
            live.await(
                    "a click selects it",
                    () ->
                            live.dashboard
                                    .workspace()
                                    .selectionProperty()
                                    .get()
                                    .equals(Selection.of(SERVICE)));
            byte[] png = FxDesktop.onFx(live.dashboard::picture);
            Files.createDirectories(Path.of("target/screenshots"));
            Files.write(Path.of("target/screenshots/window-light.png"), png);
            assertEquals((byte) 0x89, png[0]);
        } finally {
            FxToolkit.cleanupStages();
        }
    }

    private static boolean shown(LiveDashboard live, Stage stage) {
        stage.setX(0);
        stage.setY(0);
        live.dashboard.show(stage);
        return true;
    }
}
