package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.ui.AdviceWatch;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.inspector.AdvicePaneTest;
import io.batchmesh.ui.inspector.InspectorView;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Scene;

/**
 * Draws whole windows into {@code target/gallery}, to be looked at; with arguments only those that
 * begin so.
 */
public final class WindowGallery {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private WindowGallery() {}

    /** Draws all windows in both themes. */
    public static void main(String[] arguments) throws IOException {
        int status = 1;
        try {
            var folder = Path.of("target", "gallery");
            Files.createDirectories(folder);
            for (var window : windows().entrySet()) {
                if (arguments.length > 0
                        && Arrays.stream(arguments).noneMatch(window.getKey()::startsWith)) {
                    continue;
                }
                for (var theme : Theme.values()) {
                    var bytes = FxToolkitThread.call(() -> draw(window.getValue(), theme));
                    var name = window.getKey() + "-" + theme.name().toLowerCase(Locale.ROOT);
                    Files.write(folder.resolve("window-" + name + ".png"), bytes);
                }
            }
            status = 0;
        } finally {
            // The toolkit's thread would keep the process.
            System.exit(status);
        }
    }

    private record Window(double width, double height, Supplier<ShellView> view) {}

    private static byte[] draw(Window window, Theme theme) {
        var view = window.view().get();
        var scene = new Scene(view, window.width(), window.height());
        scene.setUserAgentStylesheet(theme.stylesheet());
        for (int i = 0; i < 3; i++) {
            view.applyCss();
            view.layout();
        }
        return Png.encode(scene.snapshot(null));
    }

    private static Map<String, Window> windows() {
        var windows = new LinkedHashMap<String, Window>();
        windows.put("live", new Window(1600, 1000, () -> shell(SamplePast.calm(290))));
        windows.put("past", new Window(1600, 1000, WindowGallery::past));
        windows.put("compared", new Window(1600, 1000, WindowGallery::compared));
        windows.put("advised", new Window(1600, 1000, WindowGallery::advised));
        windows.put("incident", new Window(1600, 1000, WindowGallery::incident));
        windows.put("small", new Window(900, 600, WindowGallery::past));
        return windows;
    }

    static ShellView shell(Workspace workspace) {
        var shell = new ShellView(workspace, Runnable::run, new NoActions());
        shell.showRight(new InspectorView(workspace, Runnable::run));
        workspace.select(Selection.of(LINK));
        shell.refresh();
        return shell;
    }

    private static ShellView past() {
        var shell = shell(SamplePast.failing(290));
        shell.time().showMoment(SampleWorkspace.NOW.minusSeconds(70));
        shell.time().play(5);
        return shell;
    }

    private static ShellView advised() {
        var workspace = SamplePast.calm(290);
        AdvicePaneTest.calm(workspace);
        AdviceWatch.over(workspace, Runnable::run);
        return shell(workspace);
    }

    private static ShellView incident() {
        var shell = shell(SampleIncident.workspace(290));
        shell.showTab("Timeline");
        return shell;
    }

    private static ShellView compared() {
        var shell = shell(SamplePast.calm(290));
        shell.time().compareAround(SampleWorkspace.NOW.minusSeconds(145), "push 7");
        return shell;
    }

    /** Buttons that do nothing. */
    static final class NoActions implements ToolbarView.Actions {
        @Override
        public void save() {}

        @Override
        public void fit() {}

        @Override
        public void tidy() {}

        @Override
        public void toggleTheme() {}

        @Override
        public void showPush() {}

        @Override
        public void rollBack() {}
    }
}
