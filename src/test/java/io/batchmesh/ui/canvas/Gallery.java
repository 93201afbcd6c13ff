package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Png;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Scene;

/** Draws the states of the canvas into {@code target/gallery}, to be looked at. */
public final class Gallery {
    private static final Path FOLDER = Path.of("target", "gallery");

    private Gallery() {}

    /** Arguments: parts of the names of the pictures to draw, none for all. */
    public static void main(String[] wanted) throws IOException {
        Files.createDirectories(FOLDER);
        var filter = List.of(wanted);
        pictures()
                .forEach((name, picture) -> {
                    if (filter.isEmpty() || filter.stream().anyMatch(name::contains)) {
                        for (var theme : Theme.values()) {
                            draw(name, picture, theme);
                        }
                    }
                });
        System.exit(0);
    }

    private record Picture(int width, int height, Consumer<TopologyCanvas> state) {}

    private static void draw(String name, Picture picture, Theme theme) {
        var bytes =
                FxToolkitThread.call(() -> {
                    var canvas = new TopologyCanvas(Runnable::run);
                    canvas.resize(picture.width, picture.height);
                    var scene = new Scene(canvas, picture.width, picture.height);
                    scene.setUserAgentStylesheet(theme.stylesheet());
                    canvas.applyCss();
                    canvas.layout();
                    picture.state.accept(canvas);
                    return Png.encode(scene.snapshot(null));
                });
        try {
            Files.write(
                    FOLDER.resolve(
                            name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT) + ".png"),
                    bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Picture> pictures() {
        var all = new LinkedHashMap<String, Picture>();
        all.put("empty", new Picture(1000, 600, c -> c.openTopology(Topology.empty("new"))));
        all.put("bookinfo", new Picture(1040, 620, Gallery::bookinfo));
        all.put("bookinfo-small", new Picture(640, 420, Gallery::bookinfo));
        all.put("bookinfo-tiny", new Picture(360, 240, Gallery::bookinfo));
        all.put(
                "bookinfo-big",
                new Picture(
                        1900,
                        1100,
                        c -> {
                            bookinfo(c);
                            c.layout();
                            c.setViewByHand(c.viewport().zoomed(1.6, 950, 550));
                        }));
        all.put(
                "bookinfo-plain",
                new Picture(1040, 620, c -> c.openTopology(SampleMeshes.sample("bookinfo"))));
        all.put("bookinfo-stale", new Picture(1040, 620, Gallery::stale));
        all.put("bookinfo-failing", new Picture(1040, 620, Gallery::failing));
        all.put("bookinfo-push", new Picture(1040, 620, Gallery::push));
        all.put(
                "boutique",
                new Picture(1400, 900, c -> live(c, SampleMeshes.sample("online-boutique"))));
        all.put(
                "boutique-small",
                new Picture(1000, 600, c -> live(c, SampleMeshes.sample("online-boutique"))));
        all.put(
                "train",
                new Picture(1900, 1300, c -> live(c, SampleMeshes.sample("train-ticket"))));
        all.put(
                "train-small",
                new Picture(1040, 620, c -> live(c, SampleMeshes.sample("train-ticket"))));
        all.put(
                "train-plain",
                new Picture(
                        1040,
                        620,
                        c -> {
                            live(c, SampleMeshes.sample("train-ticket"));
                            c.layout();
                            c.zoomToPlain();
                        }));
        all.put(
                "train-selected",
                new Picture(
                        1400,
                        900,
                        c -> {
                            live(c, SampleMeshes.sample("train-ticket"));
                            c.selectionProperty()
                                    .set(Selection.of(new ServiceId("ts-seat-service")));
                        }));
        all.put(
                "edge",
                new Picture(1000, 500, c -> live(c, SampleMeshes.sample("edge-narrow-link"))));
        all.put(
                "thousand",
                new Picture(1600, 1000, c -> live(c, SampleMeshes.layered(1000, 1500))));
        return all;
    }

    private static void live(TopologyCanvas canvas, Topology topology) {
        canvas.openTopology(topology);
        for (var i = 50; i >= 0; i--) {
            var at = SampleMeshes.NOW.minusSeconds(i);
            canvas.setSnapshot(SampleMeshes.numbers(topology, at, at));
        }
    }

    private static void bookinfo(TopologyCanvas canvas) {
        var runs = SampleMeshes.sample("bookinfo");
        live(canvas, runs);
        var link = LinkId.of("productpage", "reviews");
        var fixed =
                BatchWindow.DEFAULT
                        .withPolicy(BatchWindow.Policy.FIXED)
                        .withLinger(Duration.ofMillis(2))
                        .withMaxItems(16);
        var before = runs.with(Objects.requireNonNull(runs.link(link)).withBatch(fixed));
        var reviews = Objects.requireNonNull(before.service(new ServiceId("reviews")));
        var routes = reviews.traffic().routes();
        var last = routes.getLast();
        var split = new LinkedHashMap<String, Integer>();
        last.split().forEach((k, v) -> split.put(k, v + (k.equals("v1") ? -10 : 5)));
        var edited =
                before.with(
                                Objects.requireNonNull(before.link(link))
                                        .withBatch(
                                                fixed.withLinger(Duration.ofMillis(5))
                                                        .withMaxItems(64)))
                        .with(
                                reviews.withTraffic(
                                        reviews.traffic()
                                                .withRoutes(List.of(last.withSplit(split)))));
        canvas.setTopology(edited);
        canvas.setAnnotations(
                Annotations.NONE
                        .withRunning(Running.of(before))
                        .withAttention(
                                Map.of(),
                                Map.of(
                                        LinkId.of("reviews", "ratings"),
                                        new Attention(Tone.WARN, "adds 1.9 ms"))));
        canvas.selectionProperty().set(Selection.of(link));
    }

    private static void stale(TopologyCanvas canvas) {
        var topology = SampleMeshes.sample("bookinfo");
        live(canvas, topology);
        for (var i = 1; i <= 35; i++) {
            canvas.setSnapshot(
                    SampleMeshes.numbers(
                            topology, SampleMeshes.NOW.plusSeconds(i), SampleMeshes.NOW));
        }
    }

    private static void failing(TopologyCanvas canvas) {
        var topology = SampleMeshes.sample("bookinfo");
        live(canvas, topology);
        var at = SampleMeshes.NOW.plusSeconds(1);
        MeshSnapshot numbers =
                SampleMeshes.with(
                        SampleMeshes.numbers(topology, at, at),
                        SampleMeshes.metrics(LinkId.of("productpage", "details"), 4000, 0.12, at),
                        SampleMeshes.metrics(LinkId.of("reviews", "ratings"), 400, 0.012, at));
        canvas.setSnapshot(numbers);
        canvas.setAnnotations(
                Annotations.NONE.withAttention(
                        Map.of(
                                new ServiceId("ratings"),
                                new Attention(Tone.ERROR, "v2 ejected, 5 × 503")),
                        Map.of()));
        canvas.selectionProperty().set(Selection.of(new ServiceId("details")));
    }

    private static void push(TopologyCanvas canvas) {
        bookinfo(canvas);
        canvas.setAnnotations(
                canvas.annotations()
                        .withStamps(
                                Map.of(
                                        new ServiceId("productpage"),
                                        new Stamp("rev 18", Tone.OK, true),
                                        new ServiceId("reviews"),
                                        new Stamp("17|18", Tone.ACCENT, true),
                                        new ServiceId("ratings"),
                                        new Stamp("rejected", Tone.ERROR, true),
                                        new ServiceId("details"),
                                        new Stamp("drift", Tone.WARN, false))));
    }
}
