package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Tapping;
import io.batchmesh.ui.TraceTemplate;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Draws the plots in their states into {@code target/gallery}, to be looked at; with arguments only
 * the sheets that begin so.
 */
public final class PlotsGallery {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private PlotsGallery() {}

    /** Draws all sheets in both themes. */
    public static void main(String[] arguments) throws IOException {
        int status = 1;
        try {
            draw(arguments);
            status = 0;
        } finally {
            // The toolkit's thread would keep the process.
            System.exit(status);
        }
    }

    private static void draw(String... arguments) throws IOException {
        var folder = Path.of("target", "gallery");
        Files.createDirectories(folder);
        for (var sheet : sheets().entrySet()) {
            if (arguments.length > 0
                    && Set.of(arguments).stream().noneMatch(sheet.getKey()::startsWith)) {
                continue;
            }
            for (var theme : Theme.values()) {
                var bytes = FxToolkitThread.call(() -> draw(sheet.getValue(), theme));
                var name = "plots-" + sheet.getKey() + "-" + theme.name().toLowerCase(Locale.ROOT);
                Files.write(folder.resolve(name + ".png"), bytes);
            }
        }
    }

    /** A dock of a size. */
    record Dock(double width, double height, Supplier<PlotsView> view) {}

    private static byte[] draw(Map<String, Dock> docks, Theme theme) {
        var column = new VBox(8);
        double width = 0;
        double height = 0;
        for (var dock : docks.values()) {
            var view = dock.view().get();
            view.setMinSize(dock.width(), dock.height());
            view.setMaxSize(dock.width(), dock.height());
            column.getChildren().add(view);
            width = Math.max(width, dock.width());
            height += dock.height() + 8;
        }
        column.getStyleClass().add("bm-window");
        var scene = new Scene(column, width, height);
        scene.setUserAgentStylesheet(theme.stylesheet());
        column.applyCss();
        column.layout();
        column.applyCss();
        column.layout();
        return Png.encode(scene.snapshot(null));
    }

    private static Map<String, Map<String, Dock>> sheets() {
        var sheets = new LinkedHashMap<String, Map<String, Dock>>();
        var link = Selection.of(LINK);
        sheets.put("stages", tabs(() -> SamplePast.calm(290), link, "Stages", "Traffic"));
        sheets.put("latency", tabs(() -> SamplePast.calm(290), link, "Latency", "Throughput"));
        sheets.put("batches", tabs(() -> SamplePast.failing(290), link, "Batches", "Errors"));
        var service = Selection.of(new ServiceId("reviews"));
        sheets.put("service", tabs(() -> SamplePast.failing(290), service, "Service", "Callers"));
        sheets.put("proxies", tabs(() -> SamplePast.calm(290), service, "Proxies"));
        sheets.put("stageless", tabs(() -> SamplePast.stageless(290), link, "Traffic", "Stages"));
        sheets.put("table", tabs(() -> SamplePast.failing(20), link, "Table"));
        var tap = new LinkedHashMap<String, Dock>();
        tap.put("seen", tap(1000, 350, SamplePast.calm(20), Selection.of(LINK), new SampleTap(40)));
        tap.put("service", tap(560, 300, SamplePast.calm(20), service, new SampleTap(8)));
        tap.put("none", tap(1000, 200, SamplePast.calm(20), Selection.of(LINK), null));
        sheets.put("tap", tap);
        sheets.put(
                "alerts",
                Map.of(
                        "alerts",
                        dock(
                                1000,
                                350,
                                () -> SampleIncident.workspace(290),
                                v -> v.choose("Alerts"))));
        sheets.put(
                "rules",
                Map.of(
                        "rules",
                        dock(
                                1000,
                                350,
                                () -> SampleIncident.workspace(290),
                                v -> {
                                    v.choose("Alerts");
                                    v.alerts().chooseRules();
                                })));
        sheets.put(
                "rule",
                Map.of(
                        "rule",
                        dock(
                                1000,
                                350,
                                () -> SampleIncident.workspace(290),
                                v -> {
                                    v.choose("Alerts");
                                    v.alerts().open(SampleIncident.SLOW);
                                })));
        sheets.put(
                "timeline",
                Map.of(
                        "timeline",
                        dock(
                                1000,
                                350,
                                () -> SampleIncident.workspace(290),
                                v -> {
                                    v.timeline().look();
                                    v.choose("Timeline");
                                })));
        var empty = new LinkedHashMap<String, Dock>();
        empty.put(
                "nothing",
                dock(1000, 340, () -> SampleWorkspace.of(Topology.empty("new")), v -> {}));
        empty.put(
                "unseen",
                dock(
                        1000,
                        340,
                        () -> SampleWorkspace.of(SampleWorkspace.topology("bookinfo")),
                        v -> {}));
        sheets.put("empty", empty);
        var small = new LinkedHashMap<String, Dock>();
        small.put("small", dock(286, 250, () -> SamplePast.calm(100), v -> {}));
        small.put("middle", dock(560, 300, () -> SamplePast.calm(100), v -> v.choose("Latency")));
        sheets.put("small", small);
        return sheets;
    }

    private static Dock tap(
            double width,
            double height,
            Workspace workspace,
            Selection selection,
            @Nullable SampleTap seen) {
        return dock(
                width,
                height,
                () -> {
                    workspace.tappingProperty().set(seen == null ? Tapping.NONE : seen);
                    workspace
                            .tracesProperty()
                            .set(new TraceTemplate("https://tempo.example/trace/{traceId}"));
                    workspace.select(selection);
                    return workspace;
                },
                view -> {
                    view.choose("Tap");
                    new Scene(new VBox(view), width, height);
                    view.applyCss();
                    view.layout();
                    ((Button) view.lookup("#tap-toggle")).fire();
                    ((TableView<?>) view.lookup("#tap-table")).getSelectionModel().select(6);
                });
    }

    private static PlotsView made(Workspace workspace) {
        var copying = new Copying(workspace, Runnable::run, () -> FilePicks.NONE);
        return new PlotsView(workspace, new TimeView(workspace), copying);
    }

    private static Map<String, Dock> tabs(
            Supplier<Workspace> workspace, Selection selection, String... tabs) {
        var docks = new LinkedHashMap<String, Dock>();
        for (var tab : tabs) {
            docks.put(
                    tab,
                    dock(
                            1000,
                            350,
                            () -> {
                                var made = workspace.get();
                                made.select(selection);
                                return made;
                            },
                            view -> view.choose(tab)));
        }
        return docks;
    }

    private static Dock dock(
            double width, double height, Supplier<Workspace> workspace, Consumer<PlotsView> then) {
        return new Dock(
                width,
                height,
                () -> {
                    var view = made(workspace.get());
                    view.refresh();
                    then.accept(view);
                    return view;
                });
    }
}
