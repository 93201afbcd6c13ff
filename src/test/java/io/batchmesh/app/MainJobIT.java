package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.mesh.MeshParts;
import io.batchmesh.mesh.MeshSettings;
import io.batchmesh.mesh.RunningMesh;
import io.batchmesh.metrics.Exposition;
import io.batchmesh.metrics.Sample;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.store.Autosave;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.target.Environment;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.shell.Dashboard;
import io.batchmesh.ui.shell.DashboardOptions;
import io.batchmesh.ui.theme.Appearance;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/**
 * The main job, once through, by hand and against a really running local mesh: select a link, set
 * its window, push, and see at the proxies themselves that it runs and acts; undo, push again, and
 * it is as before.
 */
class MainJobIT {
    private static final LinkId LINK = LinkId.of("ingress", "productpage");
    private static final ProxyId CALLER = new ProxyId("ingress-v1-1");
    private static final double REQUESTS_PER_SECOND = 200;
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir private Path folder;

    private final Wiring wiring = new Wiring(new FxDesktop());
    private final FxRobot robot = new FxRobot();
    private RunningMesh mesh;
    private Environment environment;
    private Dashboard dashboard;

    @BeforeEach
    void open() throws Exception {
        var path = folder.resolve("bookinfo.json");
        Files.copy(Path.of("sample-topologies/bookinfo.json"), path);
        var file = ((LoadResult.Loaded) TopologyFile.load(path)).file();
        var context = wiring.context();
        var parts = new MeshParts(context.loops().get(), context.clocks(), context.io());
        mesh =
                RunningMesh.start(
                        file.topology(), MeshSettings.DEFAULT.withRate(REQUESTS_PER_SECOND), parts);
        environment = mesh.registration(path.toString()).environment();
        var stage = FxToolkit.registerPrimaryStage();
        var options =
                new DashboardOptions(
                        Appearance.Choice.DARK,
                        folder.resolve("journals"),
                        Autosave.Timing.of(context.clocks().wall(), context.timer(), context.io()));
        dashboard =
                FxDesktop.onFx(() ->
                        new Dashboard(
                                file,
                                context.clocks(),
                                DesktopParts.session(context),
                                context.io(),
                                options));
        FxDesktop.onFx(() -> {
            // The largest window that there may be without a display.
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(1000);
            stage.setHeight(1000);
            dashboard.show(stage);
            return true;
        });
        dashboard.session().connect(environment);
    }

    @AfterEach
    void close() throws Exception {
        FxDesktop.onFx(() -> {
            dashboard.close();
            return true;
        });
        FxToolkit.cleanupStages();
        mesh.close();
        wiring.close();
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aWindowSetInTheInspectorAndPushedRunsAndActsAtTheProxies() throws Exception {
        awaitUi(
                "numbers are seen",
                () -> dashboard.workspace().snapshotProperty().get().link(LINK.toString()) != null);
        awaitUi(
                "what runs is known",
                () -> dashboard.workspace().deploymentProperty().get().isKnown());
        var before = running();
        assertEquals(BatchWindow.Policy.AUTO, windowOf(before).policy());
        double smallBatches = itemsPerBatch();

        select();
        click("#batch-policy-fixed");
        click("#batch-linger");
        robot.push(KeyCode.SHORTCUT, KeyCode.A).write("20ms").push(KeyCode.ENTER);
        push();
        var pushed = running();
        assertEquals(BatchWindow.Policy.FIXED, windowOf(pushed).policy());
        assertEquals(Duration.ofMillis(20), windowOf(pushed).linger());
        double largeBatches = itemsPerBatch();
        assertTrue(
                largeBatches > 3 && largeBatches > 2 * smallBatches,
                "batches grew from " + smallBatches + " to " + largeBatches + " items");
        awaitUi("the plots mark the push", () -> !dashboard.workspace().past().marks().isEmpty());

        undoAll();
        push();
        assertEquals(before, running());
        assertNotEquals(pushed, running());
    }

    private void select() {
        FxDesktop.onFx(() -> {
            dashboard.workspace().select(Selection.of(LINK));
            return true;
        });
        awaitUi("the inspector shows the link", () -> shown("#batch-policy-fixed"));
    }

    private void push() {
        awaitUi("there is something to push", () -> !node("#push").isDisabled());
        click("#push");
        awaitUi("the plan is shown", () -> shown("#push-now"));
        click("#push-now");
        awaitUi(
                "every proxy runs it",
                () -> dashboard.workspace().deploymentProperty().get().plan().isEmpty());
        awaitUi("nothing is left to push", () -> node("#push").isDisabled());
    }

    private void undoAll() {
        while (FxDesktop.onFx(() -> dashboard.workspace().history().canUndo())) {
            robot.push(KeyCode.SHORTCUT, KeyCode.Z);
            robot.interrupt();
        }
    }

    private void click(String query) {
        awaitUi(query + " can be clicked", () -> shown(query));
        robot.clickOn(query);
        robot.interrupt();
    }

    private boolean shown(String query) {
        return robot.lookup(query).tryQuery().filter(Node::isVisible).isPresent();
    }

    private Node node(String query) {
        return robot.lookup(query).query();
    }

    /** Waits until something holds on the FX thread, looking each time it is idle. */
    private void awaitUi(String what, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!FxDesktop.onFx(holds::getAsBoolean)) {
            if (System.nanoTime() - start > SOON.toNanos()) {
                throw new AssertionError("waited in vain until " + what + "; " + state());
            }
            robot.sleep(50);
        }
    }

    private String state() {
        return FxDesktop.onFx(() ->
                dashboard.line()
                        + "; push button: "
                        + ((Labeled) node("#push")).getText()
                        + "; plan: "
                        + dashboard.workspace().deploymentProperty().get().plan());
    }

    private ProxyConfig running() throws Exception {
        var proxy = Objects.requireNonNull(environment.proxy(CALLER));
        var text = get(proxy.admin().resolve("/config"));
        var read = ConfigJson.read(text.getBytes(StandardCharsets.UTF_8));
        return ((ConfigResult.Valid) read).config();
    }

    private static BatchWindow windowOf(ProxyConfig config) {
        return Objects.requireNonNull(config.linkTo(LINK.to().name())).batch();
    }

    /** Items per batch over the next two seconds, from the proxy's own counters. */
    private double itemsPerBatch() throws Exception {
        double items = batchItems("_sum");
        double batches = batchItems("_count");
        robot.sleep(2000);
        return (batchItems("_sum") - items) / (batchItems("_count") - batches);
    }

    private double batchItems(String suffix) throws Exception {
        var proxy = Objects.requireNonNull(environment.proxy(CALLER));
        var text = get(proxy.metrics()).getBytes(StandardCharsets.UTF_8);
        var exposition = (Exposition) Exposition.parse(text);
        return exposition.families().stream()
                .flatMap(f -> f.samples().stream())
                .filter(s -> s.name().equals("batchmesh_batch_items" + suffix))
                .filter(s -> LINK.toString().equals(s.labels().get("link")))
                .mapToDouble(Sample::value)
                .sum();
    }

    private String get(URI address) throws Exception {
        var request = new Request.Builder().url(address.toString()).build();
        try (var response = wiring.context().http().get().newCall(request).execute()) {
            assertEquals(200, response.code(), address.toString());
            return response.body().string();
        }
    }
}
