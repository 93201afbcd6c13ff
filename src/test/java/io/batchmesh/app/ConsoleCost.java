package io.batchmesh.app;

import com.sun.management.OperatingSystemMXBean;
import io.batchmesh.mesh.MeshLaunch;
import io.batchmesh.mesh.MeshProcess;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.store.Autosave;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.ui.shell.Dashboard;
import io.batchmesh.ui.shell.DashboardOptions;
import io.batchmesh.ui.theme.Appearance;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import javafx.stage.Stage;

/**
 * Watches a fleet in another process each second with the window shown, and writes what this
 * process needed for it. A frame is the work of the FX thread for one pulse, layout and the picture
 * that is handed to the renderer. Arguments: the topology, proxies, the file for the figures, a
 * folder of its own, seconds before, seconds measured.
 */
public final class ConsoleCost {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ConsoleCost() {}

    public static void main(String[] args) throws Exception {
        try {
            run(args);
        } finally {
            // The toolkit's thread would keep the process.
            System.exit(0);
        }
    }

    private static void run(String[] args) throws Exception {
        var folder = Files.createDirectories(Path.of(args[3]));
        var path = Path.of(args[0]);
        var file = ((LoadResult.Loaded) TopologyFile.load(path)).file();
        var wiring = new Wiring(new FxDesktop());
        var context = wiring.context();
        Platform.startup(() -> Platform.setImplicitExit(false));
        var timing = Autosave.Timing.of(context.clocks().wall(), context.timer(), context.io());
        var options =
                new DashboardOptions(Appearance.Choice.DARK, folder.resolve("journals"), timing);
        var launch =
                MeshLaunch.of(path)
                        .withFleet(Integer.parseInt(args[1]))
                        .withRate(Double.parseDouble(System.getProperty("fleet.rate", "20000")));
        try (var fleet = MeshProcess.start(launch, context.io())) {
            var dashboard =
                    FxDesktop.onFx(() -> {
                        var made =
                                new Dashboard(
                                        file,
                                        context.clocks(),
                                        DesktopParts.session(context),
                                        context.io(),
                                        options);
                        made.show(new Stage());
                        return made;
                    });
            dashboard.session().connect(fleet.registration().environment());
            Thread.sleep(Duration.ofSeconds(Integer.parseInt(args[4])));
            var frames = frames(dashboard);
            measure(dashboard, frames, Integer.parseInt(args[5]), Path.of(args[2]));
            Files.write(folder.resolve("console.png"), FxDesktop.onFx(dashboard::picture));
        }
    }

    /** Nanoseconds of each pulse from now on; only for the FX thread. */
    private static List<Long> frames(Dashboard dashboard) {
        var frames = new ArrayList<Long>();
        var begun = new long[1];
        FxDesktop.onFx(() -> {
            dashboard.scene().addPreLayoutPulseListener(() -> begun[0] = System.nanoTime());
            dashboard
                    .scene()
                    .addPostLayoutPulseListener(() -> frames.add(System.nanoTime() - begun[0]));
            return true;
        });
        return frames;
    }

    private static void measure(Dashboard dashboard, List<Long> frames, int seconds, Path file)
            throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long begun = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double cores = (PROCESS.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
        var sorted = FxDesktop.onFx(() -> new ArrayList<>(frames));
        Collections.sort(sorted);
        long live =
                FxDesktop.onFx(() ->
                        dashboard.workspace().past().latest().proxies().values().stream()
                                .filter(p -> p.state() == ProxyState.LIVE)
                                .count());
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "cores %.4f%nframes %d%np50 %.3f%np95 %.3f%nmost %.3f%nlive %d%n",
                        cores,
                        sorted.size(),
                        at(sorted, 0.5),
                        at(sorted, 0.95),
                        at(sorted, 1),
                        live));
    }

    /** Milliseconds. */
    private static double at(List<Long> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
    }
}
