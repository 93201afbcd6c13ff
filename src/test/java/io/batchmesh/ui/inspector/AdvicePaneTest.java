package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.forecast.Advice;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.ui.AdviceWatch;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

/** Advice in the inspector: it is tried in the forecast, and taken as a step that can be undone. */
public class AdvicePaneTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    private final StackPane view = new StackPane();

    /** Lets a link carry so little that its window only adds latency. */
    public static void calm(Workspace workspace) {
        var now = workspace.snapshotProperty().get();
        var seen = Objects.requireNonNull(now.link(LINK.toString()));
        var links = new LinkedHashMap<>(now.links());
        links.put(
                LINK.toString(),
                new LinkMetrics(
                        seen.link(),
                        seen.seenAt(),
                        new LinkTraffic(4, 0, 0, 0, Map.of(), List.of()),
                        seen.latency(),
                        seen.breakdown(),
                        seen.batching(),
                        seen.wire(),
                        seen.cache()));
        workspace.observe(
                new MeshSnapshot(now.at(), links, now.services(), now.proxies(), now.cost()));
    }

    private Node node(String id) {
        view.applyCss();
        view.layout();
        return Objects.requireNonNull(view.lookup(id), id);
    }

    private Policy policy() {
        return Objects.requireNonNull(workspace.topology().link(LINK)).window().policy();
    }

    private String firstHead() {
        var table = node(".bm-ahead-table");
        return table.lookupAll(".bm-faint").stream()
                .map(n -> ((Labeled) n).getText())
                .filter(t -> !t.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Test
    void adviceIsTriedInTheForecastAndTakenByOneClickThatCanBeUndone() {
        FxToolkitThread.call(() -> {
            calm(workspace);
            AdviceWatch.over(workspace, Runnable::run);
            view.getChildren().add(new InspectorView(workspace, Runnable::run));
            workspace.select(Selection.of(LINK));
            assertNotNull(new Scene(view, 344, 900));
            var preview = (ToggleButton) node("#advice-preview-LOSES");
            assertEquals("fixed", firstHead());
            preview.fire();
            assertEquals("advised", firstHead());
            assertEquals(Policy.FIXED, policy(), "a look changes nothing");
            preview.fire();
            assertEquals("fixed", firstHead());
            ((Button) node("#advice-apply-LOSES")).fire();
            assertEquals(Policy.AUTO, policy());
            var left = workspace.adviceProperty().get();
            assertTrue(left.stream().noneMatch(a -> a.link().equals(LINK) && a.advises()));
            workspace.undo();
            assertEquals(Policy.FIXED, policy());
            assertEquals(1, left(Advice.Kind.LOSES));
            return "";
        });
    }

    private long left(Advice.Kind kind) {
        return workspace.adviceProperty().get().stream()
                .filter(a -> a.link().equals(LINK) && a.kind() == kind)
                .count();
    }
}
