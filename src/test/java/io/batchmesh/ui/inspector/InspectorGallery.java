package io.batchmesh.ui.inspector;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.edit.RouteEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.AdviceWatch;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** Draws the states of the inspector into {@code target/gallery}, to be looked at. */
public final class InspectorGallery {
    static final LinkId LINK = LinkId.of("productpage", "reviews");
    static final ServiceId REVIEWS = new ServiceId("reviews");

    private InspectorGallery() {}

    /** Draws all states in both themes, four to a sheet. */
    public static void main(String[] arguments) throws IOException {
        sheets("inspector", List.copyOf(states().values()), 344);
        System.exit(0);
    }

    /** Draws states beside one another. */
    public static void sheets(String name, List<Supplier<Region>> states, int width)
            throws IOException {
        var folder = Path.of("target", "gallery");
        Files.createDirectories(folder);
        for (var theme : Theme.values()) {
            for (int from = 0; from < states.size(); from += 4) {
                var some = states.subList(from, Math.min(states.size(), from + 4));
                var bytes = FxToolkitThread.call(() -> draw(some, theme, width));
                var file = name + "-" + from / 4 + "-" + theme.name().toLowerCase(Locale.ROOT);
                Files.write(folder.resolve(file + ".png"), bytes);
            }
        }
    }

    private static byte[] draw(List<Supplier<Region>> states, Theme theme, int width) {
        var row = new HBox(6);
        for (var state : states) {
            var view = state.get();
            view.setPrefWidth(width);
            row.getChildren().add(view);
        }
        row.setFillHeight(true);
        var scene = new Scene(row, (width + 6) * states.size(), 900);
        scene.setUserAgentStylesheet(theme.stylesheet());
        row.applyCss();
        row.layout();
        for (var view : row.getChildren()) {
            if (view.getProperties().get("then") instanceof Runnable then) {
                then.run();
            }
        }
        row.applyCss();
        row.layout();
        return Png.encode(scene.snapshot(null));
    }

    private static Map<String, Supplier<Region>> states() {
        var states = new LinkedHashMap<String, Supplier<Region>>();
        states.put("clean", () -> view(bookinfo(), Selection.of(LINK)));
        states.put("edited", () -> view(edited(), Selection.of(LINK)));
        states.put("invalid", InspectorGallery::invalid);
        states.put("routes", () -> routes(edited(), Selection.of(LINK)));
        states.put(
                "finding", () -> view(bookinfo(), Selection.of(LinkId.of("reviews", "ratings"))));
        states.put(
                "auto", () -> view(bookinfo(), Selection.of(LinkId.of("ingress", "productpage"))));
        states.put("service", () -> view(edited(), Selection.of(REVIEWS)));
        states.put("nothing", () -> view(bookinfo(), Selection.NONE));
        states.put(
                "several", () -> view(bookinfo(), Selection.of(LINK).and(Selection.of(REVIEWS))));
        states.put("unknown", () -> view(plain(), Selection.of(LINK)));
        states.put("empty", () -> view(SampleWorkspace.of(Topology.empty("new")), Selection.NONE));
        states.put("goal", InspectorGallery::goal);
        states.put(
                "disagree",
                () -> view(disagreeing(), Selection.of(LinkId.of("reviews", "ratings"))));
        states.put("advised", () -> advised(false));
        states.put("tried", () -> advised(true));
        states.put("override", () -> routes(overridden(), Selection.of(LINK)));
        states.put("narrow", InspectorGallery::narrow);
        states.put(
                "narrow routes",
                () -> {
                    var view = routes(edited(), Selection.of(LINK));
                    view.setMaxWidth(280);
                    return view;
                });
        states.put("service end", InspectorGallery::end);
        return states;
    }

    static Workspace bookinfo() {
        return SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    }

    private static Workspace plain() {
        return SampleWorkspace.of(SampleWorkspace.topology("bookinfo"));
    }

    static Workspace edited() {
        var workspace = bookinfo();
        edit(workspace);
        return workspace;
    }

    /** Edits the window of a link and the split of a service. */
    public static void edit(Workspace workspace) {
        var link = workspace.topology().links().get(LINK);
        var window = link == null ? BatchWindow.DEFAULT : link.window();
        workspace.edit(
                new LinkEdit.SetBatchWindow(
                        LINK, window.withLinger(Duration.ofMillis(2)).withMaxItems(16)));
        var split = new LinkedHashMap<String, Integer>();
        split.put("v1", 80);
        split.put("v2", 10);
        split.put("v3", 10);
        workspace.edit(new RouteEdit.SetRouteSplit(RouteEdit.Owner.of(REVIEWS), "default", split));
    }

    private static Region goal() {
        var workspace = bookinfo();
        var window = BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.TARGET_P99);
        workspace.edit(
                new LinkEdit.SetBatchWindow(LINK, window.withTargetP99(Duration.ofMillis(20))));
        var topology = workspace.topology();
        workspace.observe(
                SampleWorkspace.numbers(topology, topology, SampleWorkspace.NOW.minusSeconds(35)));
        return view(workspace, Selection.of(LINK));
    }

    private static Workspace disagreeing() {
        var workspace = bookinfo();
        var running = workspace.deploymentProperty().get().running();
        var link = LinkId.of("reviews", "ratings");
        var window = workspace.topology().links().get(link);
        workspace.edit(
                new LinkEdit.SetBatchWindow(
                        link,
                        (window == null ? BatchWindow.DEFAULT : window.window())
                                .withLinger(Duration.ofMillis(20))
                                .withMaxItems(64)));
        var mixed = new LinkedHashMap<>(SampleWorkspace.found(workspace.topology()));
        running.forEach((id, found) -> {
            if (id.name().endsWith("v2-1")) {
                mixed.put(id, found);
            }
        });
        workspace
                .deploymentProperty()
                .set(
                        new io.batchmesh.ui.Deployment(
                                mixed,
                                workspace.deploymentProperty().get().plan(),
                                workspace.revisionProperty().get()));
        return workspace;
    }

    private static Workspace overridden() {
        var workspace = bookinfo();
        workspace.edit(
                new RouteEdit.SetRouteSplit(
                        RouteEdit.Owner.of(LINK), "default", Map.of("v1", 50, "v2", 50)));
        return workspace;
    }

    private static Region advised(boolean tried) {
        var workspace = bookinfo();
        AdvicePaneTest.calm(workspace);
        AdviceWatch.over(workspace, Runnable::run);
        var view = view(workspace, Selection.of(LINK));
        view.getProperties()
                .put(
                        "then",
                        (Runnable)
                                () -> {
                                    if (tried
                                            && view.lookup("#advice-preview-LOSES")
                                                    instanceof
                                                    javafx.scene.control.ToggleButton preview) {
                                        preview.fire();
                                    }
                                });
        return view;
    }

    private static Region narrow() {
        var view = view(disagreeing(), Selection.of(LinkId.of("reviews", "ratings")));
        view.setMaxWidth(280);
        return view;
    }

    private static Region end() {
        var view = view(edited(), Selection.of(REVIEWS));
        view.getProperties()
                .put(
                        "then",
                        (Runnable)
                                () -> {
                                    if (view.lookup(".scroll-pane")
                                            instanceof javafx.scene.control.ScrollPane pane) {
                                        pane.setVvalue(1);
                                    }
                                });
        return view;
    }

    private static Region view(Workspace workspace, Selection selection) {
        var view = new InspectorView(workspace, Runnable::run);
        workspace.select(selection);
        return view;
    }

    private static Region routes(Workspace workspace, Selection selection) {
        var view = view(workspace, selection);
        view.getProperties()
                .put(
                        "then",
                        (Runnable)
                                () -> {
                                    if (view.lookup("#inspector-tabs") instanceof TabPane tabs) {
                                        tabs.getSelectionModel().select(1);
                                    }
                                });
        return view;
    }

    private static Region invalid() {
        var view = view(bookinfo(), Selection.of(LINK));
        view.getProperties()
                .put(
                        "then",
                        (Runnable)
                                () -> {
                                    type(view, "#batch-linger", "5");
                                    type(view, "#batch-items", "9999");
                                });
        return view;
    }

    private static void type(Region view, String id, String text) {
        if (view.lookup(id) instanceof TextField field) {
            field.setText(text);
        }
    }
}
