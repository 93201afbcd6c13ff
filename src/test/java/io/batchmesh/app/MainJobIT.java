package io.batchmesh.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.metrics.Exposition;
import io.batchmesh.metrics.Sample;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.shell.Dashboard;
import io.batchmesh.ui.theme.Appearance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
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

    @TempDir private Path folder;

    private final FxRobot robot = new FxRobot();
    private LiveDashboard live;
    private Dashboard dashboard;

    @BeforeEach
    void open() throws Exception {
        var stage = FxToolkit.registerPrimaryStage();
        live =
                new LiveDashboard(
                        "bookinfo.json", REQUESTS_PER_SECOND, folder, Appearance.Choice.DARK);
        dashboard = live.dashboard;
        FxDesktop.onFx(() -> {
            // The largest window that there may be without a display.
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(1000);
            stage.setHeight(1000);
            dashboard.show(stage);
            return true;
        });
    }

    @AfterEach
    void close() throws Exception {
        FxToolkit.cleanupStages();
        live.close();
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aWindowSetInTheInspectorAndPushedRunsAndActsAtTheProxies() throws Exception {
        live.await(
                "numbers are seen",
                () -> dashboard.workspace().snapshotProperty().get().link(LINK.toString()) != null);
        live.await(
                "what runs is known",
                () -> dashboard.workspace().deploymentProperty().get().isKnown());
        var before = running();
        assertEquals(BatchWindow.Policy.AUTO, windowOf(before).policy());
        assertEquals(0, lingered(), "a window that is cut as soon as it can be never lingers");

        select();
        click("#batch-policy-fixed");
        click("#batch-linger");
        robot.push(KeyCode.SHORTCUT, KeyCode.A).write("20ms").push(KeyCode.ENTER);
        push();
        var pushed = running();
        assertEquals(BatchWindow.Policy.FIXED, windowOf(pushed).policy());
        assertEquals(Duration.ofMillis(20), windowOf(pushed).linger());
        live.await("batches are cut by the linger that was set", () -> lingered() > 3);
        double items = itemsPerBatch();
        assertTrue(items > 2, "of 200 requests/s and 20 ms, a batch has " + items + " items");
        live.await(
                "the plots mark the push", () -> !dashboard.workspace().past().marks().isEmpty());

        undoAll();
        push();
        assertEquals(before, running());
        assertNotEquals(pushed, running());
    }

    private void select() throws Exception {
        FxDesktop.onFx(() -> {
            dashboard.workspace().select(Selection.of(LINK));
            return true;
        });
        live.await("the inspector shows the link", () -> shown("#batch-policy-fixed"));
    }

    private void push() throws Exception {
        live.await(
                "the plan is that of the last edit",
                () ->
                        dashboard.workspace().deploymentProperty().get().revision()
                                == dashboard.workspace().revisionProperty().get());
        live.await("there is something to push", () -> !node("#push").isDisabled());
        click("#push");
        live.await("the plan is shown", () -> shown("#push-now"));
        click("#push-now");
        live.await("the push has ended", () -> shown("#push-summary"));
        var summary = ((Labeled) node("#push-summary")).getText();
        assertTrue(summary.startsWith("●"), summary);
        live.await(
                "every proxy runs it",
                () -> dashboard.workspace().deploymentProperty().get().plan().isEmpty());
        live.await("nothing is left to push", () -> node("#push").isDisabled());
    }

    private void undoAll() {
        while (FxDesktop.onFx(() -> dashboard.workspace().history().canUndo())) {
            robot.push(KeyCode.SHORTCUT, KeyCode.Z);
            robot.interrupt();
        }
    }

    private void click(String query) throws Exception {
        live.await(query + " can be clicked", () -> shown(query) && !node(query).isDisabled());
        var last = new AtomicReference<Bounds>(new BoundingBox(0, 0, 0, 0));
        live.await(query + " stays where it is", () -> rests(node(query), last));
        robot.clickOn(query);
        robot.interrupt();
    }

    /** Whether a node was laid out and is where it was at the last look: else a click misses it. */
    private static boolean rests(Node node, AtomicReference<Bounds> last) {
        var now = node.localToScene(node.getBoundsInLocal());
        return !now.isEmpty() && now.equals(last.getAndSet(now));
    }

    private boolean shown(String query) {
        return robot.lookup(query).tryQuery().filter(Node::isVisible).isPresent();
    }

    private Node node(String query) {
        return robot.lookup(query).query();
    }

    private ProxyConfig running() throws Exception {
        var proxy = Objects.requireNonNull(live.environment.proxy(CALLER));
        var text = get(proxy.admin().resolve("/config"));
        var read = ConfigJson.read(text.getBytes(StandardCharsets.UTF_8));
        return ((ConfigResult.Valid) read).config();
    }

    private static BatchWindow windowOf(ProxyConfig config) {
        return Objects.requireNonNull(config.linkTo(LINK.to().name())).batch();
    }

    /** Items per batch over the next two seconds, from the proxy's own counters. */
    private double itemsPerBatch() throws Exception {
        double items = seen("batchmesh_batch_items_sum", "");
        double batches = seen("batchmesh_batch_items_count", "");
        live.pause(Duration.ofSeconds(2));
        return (seen("batchmesh_batch_items_sum", "") - items)
                / (seen("batchmesh_batch_items_count", "") - batches);
    }

    /** Batches that were cut since their time was up. */
    private double lingered() {
        return seen("batchmesh_batches_total", "linger");
    }

    /**
     * A counter of the link at the caller's own proxy, over all its series or those of a reason.
     */
    private double seen(String name, String reason) {
        var proxy = Objects.requireNonNull(live.environment.proxy(CALLER));
        var text = get(proxy.metrics()).getBytes(StandardCharsets.UTF_8);
        var exposition = (Exposition) Exposition.parse(text);
        return exposition.families().stream()
                .flatMap(f -> f.samples().stream())
                .filter(s -> s.name().equals(name))
                .filter(s -> LINK.toString().equals(s.labels().get("link")))
                .filter(s -> reason.isEmpty() || reason.equals(s.labels().get("reason")))
                .mapToDouble(Sample::value)
                .sum();
    }

    private String get(URI address) {
        var request = new Request.Builder().url(address.toString()).build();
        try (var response = live.wiring.context().http().get().newCall(request).execute()) {
            assertEquals(200, response.code(), address.toString());
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
