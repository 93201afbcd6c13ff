package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.store.ViewBookmark;
import io.batchmesh.store.ViewText;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.TopologyCanvas;
import io.batchmesh.ui.plot.TimeWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what a window shows, and shows what somebody took down. What cannot be shown as it was
 * is said, one thing each; the rest is shown. FX thread.
 */
final class Bookmarks {
    private static final FilePicks.Kind KIND =
            new FilePicks.Kind("Bookmark of this view", "Views", "bmview");

    private final Workspace workspace;
    private final ShellView shell;
    private final Copying copying;
    private final Executor background;
    private Consumer<List<String>> onLacking = lacking -> {};

    /**
     * @param background where files are read
     */
    Bookmarks(Workspace workspace, ShellView shell, Copying copying, Executor background) {
        this.workspace = workspace;
        this.shell = shell;
        this.copying = copying;
        this.background = background;
    }

    /** Tells what could not be shown as it was; nothing when all is. */
    void setOnLacking(Consumer<List<String>> onLacking) {
        this.onLacking = onLacking;
    }

    /** What is shown now. */
    ViewBookmark take() {
        var selected = workspace.selectionProperty().get();
        var canvas = shell.canvas();
        var view = canvas.viewport();
        return new ViewBookmark(
                workspace.topology().name(),
                selected.services().stream().map(ServiceId::name).toList(),
                selected.links().stream().map(LinkId::toString).toList(),
                shell.plots().tab(),
                shell.plots().filter(),
                new ViewBookmark.Canvas(
                        round(view.drawingX(canvas.getWidth() / 2)),
                        round(view.drawingY(canvas.getHeight() / 2)),
                        round(view.scale())),
                time());
    }

    private static double round(double number) {
        return Math.round(number * 1e4) / 1e4;
    }

    private ViewBookmark.Time time() {
        var time = shell.time();
        var comparison = time.comparison();
        return new ViewBookmark.Time(
                time.isLive() ? null : workspace.shownMoment(),
                time.isFitting() ? null : time.length(),
                comparison == null ? null : comparison.earlier(),
                comparison == null ? "" : comparison.label(),
                workspace.recording());
    }

    /** Copies what is shown now as a word. */
    void copy() {
        copying.text(ViewText.link(take()));
    }

    /** Asks for a file and saves there what is shown now. */
    void save() {
        var taken = take();
        copying.save(KIND, workspace.topology().name() + " view", () -> ViewText.file(taken));
    }

    /** Opens what was copied. */
    void paste() {
        var text = Clipboard.getSystemClipboard().getString();
        open(text == null ? "" : text);
    }

    /** Asks for a file and opens it. */
    void askToOpen(FilePicks picks) {
        picks.toRead(KIND, file -> background.execute(() -> read(file)));
    }

    private void read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(ViewText.MOST_CHARS + 1), StandardCharsets.UTF_8);
            FxThread.run(() -> open(text));
        } catch (IOException e) {
            FxThread.run(() ->
                    workspace.refuse(file + " cannot be read: " + e.getClass().getSimpleName()));
        }
    }

    /** Opens a text, which may be none. */
    void open(String text) {
        switch (ViewText.read(text)) {
            case ViewText.Result.Read(var view) -> onLacking.accept(show(view));
            case ViewText.Result.Refused(var reason) ->
                    workspace.refuse("the view was not opened: " + reason);
        }
    }

    /**
     * Shows what was taken down.
     *
     * @return what could not be shown as it was
     */
    List<String> show(ViewBookmark view) {
        workspace.refuse("");
        var lacking = new ArrayList<String>();
        if (!view.topology().equals(workspace.topology().name())) {
            lacking.add("it is of the topology '" + view.topology() + "', this is another one");
        }
        select(view, lacking);
        boolean there = shell.plots().offers(view.tab());
        if (!there && !view.tab().isEmpty() && lacking.isEmpty()) {
            lacking.add("there is no tab '" + view.tab() + "' here");
        }
        if (there) {
            shell.plots().choose(view.tab());
            shell.plots().setFilter(view.filter());
        }
        canvas(view.canvas());
        time(view.time(), lacking);
        return lacking;
    }

    private void select(ViewBookmark view, List<String> lacking) {
        var services = new LinkedHashSet<ServiceId>();
        for (var name : view.services()) {
            var id = new ServiceId(name);
            if (workspace.topology().service(id) == null) {
                lacking.add("there is no service '" + name + "' any more");
            } else {
                services.add(id);
            }
        }
        var links = new LinkedHashSet<LinkId>();
        for (var name : view.links()) {
            var id = LinkId.parse(name);
            if (id == null || workspace.topology().link(id) == null) {
                lacking.add("there is no link " + name.replace("->", " → ") + " any more");
            } else {
                links.add(id);
            }
        }
        workspace.select(new Selection(services, links));
    }

    private void canvas(ViewBookmark.@Nullable Canvas part) {
        TopologyCanvas canvas = shell.canvas();
        if (part == null) {
            canvas.fit();
            return;
        }
        var scaled = canvas.viewport().at(part.scale(), 0, 0);
        canvas.setViewByHand(
                scaled.centeredOn(part.x(), part.y(), canvas.getWidth(), canvas.getHeight()));
    }

    private void time(ViewBookmark.Time wanted, List<String> lacking) {
        var time = shell.time();
        if (!wanted.recording().equals(workspace.recording())) {
            lacking.add(
                    wanted.recording().isEmpty()
                            ? "it is not of this recording; close it first"
                            : "it is of the recording '"
                                    + wanted.recording()
                                    + "'; open that, then this again");
            return;
        }
        time.setLength(wanted.length());
        var earlier = wanted.comparedWith();
        time.compare(earlier == null ? null : new Comparison(earlier, wanted.comparison()));
        var at = wanted.at();
        if (at == null) {
            if (!time.isLive() && workspace.recording().isEmpty()) {
                time.live();
                time.setLength(wanted.length());
                time.compare(earlier == null ? null : new Comparison(earlier, wanted.comparison()));
            }
            return;
        }
        long millis = at.toEpochMilli();
        if (millis < time.first() || millis > time.last()) {
            lacking.add(
                    "nothing is kept here of %s; what was seen goes from %s to %s"
                            .formatted(
                                    at,
                                    TimeWindow.clock(time.first()),
                                    TimeWindow.clock(time.last())));
        } else {
            time.showMoment(at);
        }
    }
}
