package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.Stage;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.theme.Appearance;
import io.batchmesh.ui.theme.Theme;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture of the dashboard without a display. The pictures are kept in {@code
 * target/screenshots}; with {@code -Dscreenshots=true} also where the README shows them.
 */
class DashboardPictureIT {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");
    private static final Path SITE = Path.of("src/site/resources/screenshots");

    @TempDir private Path folder;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void theFiveStagesOfALiveLinkAreDrawnEachInItsColourInBothThemes() throws Exception {
        try (var live = new LiveDashboard("bookinfo.json", 100, folder, Appearance.Choice.DARK)) {
            var workspace = live.dashboard.workspace();
            var before = image(FxDesktop.onFx(live.dashboard::picture));
            live.await(
                    "stages are seen",
                    () -> {
                        var seen = workspace.snapshotProperty().get().link(LINK.toString());
                        return seen != null && seen.breakdown().present();
                    });
            FxDesktop.onFx(() -> {
                workspace.select(Selection.of(LINK));
                return true;
            });
            live.pause(Duration.ofSeconds(Boolean.getBoolean("screenshots") ? 75 : 5));
            var row = FxDesktop.onFx(() -> bounds(live, "#service-reviews"));
            var dark = picture(live, Theme.DARK);
            assertTrue(differ(before, dark, row), "the list of services is that of the begin");
            FxDesktop.onFx(() -> {
                ((Button) live.dashboard.scene().lookup("#theme")).fire();
                return true;
            });
            picture(live, Theme.LIGHT);
        }
    }

    /** Takes a picture, keeps it, and finds each stage in its colour. */
    private static Image picture(LiveDashboard live, Theme theme) throws Exception {
        byte[] png = FxDesktop.onFx(live.dashboard::picture);
        keep("dashboard-" + theme.name().toLowerCase(Locale.ROOT) + ".png", png);
        var image = image(png);
        assertEquals(1600, (int) image.getWidth());
        assertEquals(1000, (int) image.getHeight());
        for (var stage : Stage.values()) {
            var place = FxDesktop.onFx(() -> bounds(live, "#plot-" + stage.label()));
            var colour = FxDesktop.onFx(() -> theme.palette().of(Curve.colorOf(stage)));
            int found = count(image.getPixelReader(), place, colour);
            assertTrue(found > 12, theme + ", " + stage + ": " + found + " pixels in its colour");
        }
        return image;
    }

    private static Image image(byte[] png) {
        return new Image(new ByteArrayInputStream(png));
    }

    private static Bounds bounds(LiveDashboard live, String query) {
        var node = live.dashboard.scene().lookup(query);
        return node.localToScene(node.getBoundsInLocal());
    }

    private static boolean differ(Image before, Image after, Bounds place) {
        for (int y = (int) place.getMinY(); y < (int) place.getMaxY(); y++) {
            for (int x = (int) place.getMinX(); x < (int) place.getMaxX(); x++) {
                if (before.getPixelReader().getArgb(x, y) != after.getPixelReader().getArgb(x, y)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int count(PixelReader pixels, Bounds place, Color colour) {
        int found = 0;
        for (int y = (int) place.getMinY(); y < (int) place.getMaxY(); y++) {
            for (int x = (int) place.getMinX(); x < (int) place.getMaxX(); x++) {
                var seen = pixels.getColor(x, y);
                double distance =
                        Math.abs(seen.getRed() - colour.getRed())
                                + Math.abs(seen.getGreen() - colour.getGreen())
                                + Math.abs(seen.getBlue() - colour.getBlue());
                found += distance < 0.15 ? 1 : 0;
            }
        }
        return found;
    }

    private static void keep(String name, byte[] png) throws Exception {
        var folder = Path.of("target/screenshots");
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), png);
        if (Boolean.getBoolean("screenshots")) {
            Files.createDirectories(SITE);
            Files.write(SITE.resolve(name), png);
        }
    }
}
