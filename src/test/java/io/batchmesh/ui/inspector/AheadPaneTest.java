package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

/** The forecast in the inspector, and the choice of a linger on it. */
class AheadPaneTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    private final StackPane view = new StackPane();

    private void on(Runnable steps) {
        FxToolkitThread.call(() -> {
            view.getChildren().add(new InspectorView(workspace, Runnable::run));
            workspace.select(Selection.of(LINK));
            assertNotNull(new Scene(view, 344, 900));
            layOut();
            steps.run();
            return "";
        });
    }

    private void layOut() {
        view.applyCss();
        view.layout();
    }

    private Node node(String id) {
        layOut();
        return Objects.requireNonNull(view.lookup("#" + id), id);
    }

    private String words() {
        return ((Label) node("ahead-words")).getText();
    }

    private void mouse(EventType<MouseEvent> type, double share) {
        var chart = node("ahead-chart");
        double x = 6 + (chart.getLayoutBounds().getWidth() - 12) * share;
        chart.fireEvent(
                new MouseEvent(
                        type,
                        x,
                        50,
                        x,
                        50,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }

    private Duration linger() {
        return Objects.requireNonNull(workspace.topology().link(LINK)).window().linger();
    }

    private void see(double rate) {
        var now = workspace.snapshotProperty().get();
        var seen = Objects.requireNonNull(now.link(LINK.toString()));
        var traffic = new LinkTraffic(rate, 0, 0, 0, Map.of(), List.of());
        var links = new LinkedHashMap<>(now.links());
        links.put(
                LINK.toString(),
                new LinkMetrics(
                        seen.link(),
                        seen.seenAt(),
                        traffic,
                        seen.latency(),
                        seen.breakdown(),
                        seen.batching(),
                        seen.wire(),
                        seen.cache()));
        workspace.observe(
                new MeshSnapshot(now.at(), links, now.services(), now.proxies(), now.cost()));
    }

    @Test
    void aDragOnTheChartChoosesTheLingerAndIsOneStepToUndo() {
        on(() -> {
            assertEquals(Duration.ofMillis(5), linger());
            mouse(MouseEvent.MOUSE_PRESSED, 0.3);
            mouse(MouseEvent.MOUSE_DRAGGED, 0.2);
            mouse(MouseEvent.MOUSE_DRAGGED, 0.1);
            mouse(MouseEvent.MOUSE_RELEASED, 0.1);
            assertEquals(Duration.ofMillis(2), linger());
            workspace.undo();
            assertEquals(Duration.ofMillis(5), linger());
        });
    }

    @Test
    void theArrowsChangeTheLingerByATenth() {
        on(() -> {
            var chart = node("ahead-chart");
            chart.fireEvent(
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.RIGHT,
                            false,
                            false,
                            false,
                            false));
            assertEquals(Duration.ofNanos(5_500_000), linger());
        });
    }

    @Test
    void aWindowThatOnlyAddsLatencyIsSaidToDoSo() {
        on(() -> {
            assertTrue(words().startsWith("Against no batches: "), words());
            see(4);
            assertTrue(words().startsWith("▲ This window only adds latency"), words());
            assertTrue(node("ahead-words").getStyleClass().contains("bm-warn"));
        });
    }

    @Test
    void withoutTrafficThereIsNoForecast() {
        on(() -> {
            see(0);
            assertEquals("A forecast needs traffic: none is seen on this link.", words());
            assertFalse(node("ahead-chart").isVisible());
        });
    }
}
