package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.CommandFailure;
import io.batchmesh.cli.Desktop;
import io.batchmesh.cli.ExitCode;
import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.Recovered;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.store.ViewBookmark;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.canvas.CanvasRenderer;
import io.batchmesh.ui.shell.Dashboard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The desktop on JavaFX: in a window where there is a display, else headless into a picture. */
final class FxDesktop implements Desktop {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    @Override
    public int open(OpenRequest request, CommandContext context) {
        var file = file(request);
        boolean display = Display.isThere(context.console().environment());
        prepare(display);
        if (!display) {
            context.console()
                    .err()
                    .println(
                            "No display: the dashboard runs headless"
                                    + (request.picture() == null
                                            ? ""
                                            : " and keeps " + request.picture() + " up to date")
                                    + "; Ctrl-C ends it");
        }
        try (var mesh = MeshOfWindow.of(request, file, context)) {
            mesh.launch();
            startToolkit();
            return run(request, context, file, mesh);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INCOMPLETE;
        } finally {
            endToolkit();
        }
    }

    private static TopologyFile file(OpenRequest request) {
        var path = request.file();
        if (path != null) {
            return load(path);
        }
        var watched = request.watched();
        var host = watched == null ? "" : watched.address().getHost();
        return TopologyFile.unsaved(Path.of("traffic of " + host), Topology.empty("traffic"));
    }

    private static TopologyFile load(Path path) {
        return switch (TopologyFile.load(path)) {
            case LoadResult.Loaded loaded -> loaded.file();
            case LoadResult problem ->
                    throw new CommandFailure(ExitCode.INVALID, problem.problem());
        };
    }

    /** Says what is missing in one line, where JavaFX would end in a stack trace. */
    private static void prepare(boolean display) {
        var missing = SystemLibraries.missing(display);
        if (!missing.isEmpty()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, SystemLibraries.advice(missing));
        }
        if (!display) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
            System.setProperty("java.awt.headless", "true");
        }
    }

    private static void startToolkit() {
        Quiet.startJavaFx(() -> Platform.startup(() -> Platform.setImplicitExit(false)));
    }

    private static void endToolkit() {
        onFx(() -> {
            // Ending while a popup is open crashes inside GTK: popups go first.
            for (var window : List.copyOf(Window.getWindows())) {
                if (window instanceof PopupWindow popup) {
                    popup.hide();
                }
            }
            return true;
        });
        Platform.exit();
    }

    private static int run(
            OpenRequest request, CommandContext context, TopologyFile file, MeshOfWindow mesh)
            throws InterruptedException {
        boolean display = Display.isThere(context.console().environment());
        var attached = request.attached();
        var http = attached == null ? context.http().get() : attached.http();
        var parts = DesktopParts.session(context, http);
        var usual = DesktopParts.options(context, display);
        var options = request.watched() == null ? usual : usual.onlyLooking();
        var dashboard =
                onFx(() -> new Dashboard(file, context.clocks(), parts, context.io(), options));
        if (request.watched() == null) {
            DesktopParts.recovered(context, file)
                    .ifPresent(found -> onFx(() -> offer(dashboard, found)));
        }
        onFx(() -> serve(dashboard, context));
        if (display) {
            onFx(() -> show(dashboard, context));
        }
        var view = request.view();
        if (view != null) {
            onFx(() -> open(dashboard, view));
        }
        mesh.connect(dashboard.session());
        loop(request, context, dashboard, display);
        return finish(request, context, dashboard);
    }

    private static boolean offer(Dashboard dashboard, Recovered found) {
        dashboard.offer(found);
        return true;
    }

    private static boolean serve(Dashboard dashboard, CommandContext context) {
        var workspace = dashboard.workspace();
        workspace.browserProperty().set(new Browser(workspace, context.io()));
        var traces = context.console().environment().get("BATCHMESH_TRACES");
        if (traces != null && !traces.isBlank()) {
            dashboard.session().traces(traces);
        }
        return true;
    }

    private static boolean open(Dashboard dashboard, ViewBookmark view) {
        dashboard.open(view);
        return true;
    }

    private static boolean show(Dashboard dashboard, CommandContext context) {
        var stage = new Stage();
        stage.setOnHidden(event -> context.stop().raise());
        dashboard.show(stage);
        return true;
    }

    private static void loop(
            OpenRequest request, CommandContext context, Dashboard dashboard, boolean display)
            throws InterruptedException {
        var length = request.duration() == null ? FOREVER : request.duration();
        long start = context.clocks().nanos();
        while (true) {
            var left = length.minus(context.clocks().ticker().since(start));
            if (!left.isPositive()) {
                return;
            }
            var pause = left.compareTo(INTERVAL) < 0 ? left : INTERVAL;
            if (context.stop().await(pause)) {
                return;
            }
            if (!display) {
                context.console().out().println(onFx(dashboard::line));
                save(request.picture(), dashboard, context);
            }
        }
    }

    private static int finish(OpenRequest request, CommandContext context, Dashboard dashboard) {
        save(request.picture(), dashboard, context);
        context.console().out().print(onFx(dashboard::summary));
        context.console().out().flush();
        onFx(() -> {
            dashboard.close();
            return true;
        });
        return ExitCode.DONE;
    }

    private static void save(@Nullable Path picture, Dashboard dashboard, CommandContext context) {
        if (picture == null) {
            return;
        }
        try {
            PictureFile.save(picture, onFx(dashboard::picture));
        } catch (IOException e) {
            context.console().err().println("The picture cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void render(Topology topology, Path picture, boolean light) throws IOException {
        boolean toolkit = !picture.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
        if (toolkit) {
            prepare(false);
            startToolkit();
        }
        try {
            CanvasRenderer.render(topology, picture, light);
        } finally {
            if (toolkit) {
                endToolkit();
            }
        }
    }

    /** Runs something on the FX thread and waits for it. */
    static <T> T onFx(Supplier<T> task) {
        var done = new CompletableFuture<T>();
        FxThread.run(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the window", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the window failed: " + e.getCause(), e.getCause());
        }
    }
}
