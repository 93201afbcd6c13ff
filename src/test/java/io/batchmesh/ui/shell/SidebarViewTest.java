package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.LinkId;
import io.batchmesh.observe.Discovery;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class SidebarViewTest {
    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));

    @Test
    void aLinkSwitchedByHandNeedsAttentionUntilItIsTakenBack() {
        FxToolkitThread.call(() -> {
            var sidebar = new SidebarView(workspace, new Region(), new Region());
            assertNotNull(new Scene(sidebar, 270, 900));
            assertEquals(List.of(), about(sidebar));
            var off =
                    new OverrideEntry(
                            OverrideEntry.Kind.BATCHING_OFF,
                            LinkId.of("reviews", "ratings").toString(),
                            Instant.EPOCH,
                            null,
                            "ann");
            workspace
                    .switchedProperty()
                    .set(new Switched(Map.of("one", List.of(off), "two", List.of(off))));
            assertEquals(List.of("reviews → ratings: batching is off by hand"), about(sidebar));
            workspace.switchedProperty().set(Switched.NOTHING);
            assertEquals(List.of(), about(sidebar));
            return "";
        });
    }

    @Test
    void trafficThatIsNotDrawnNeedsAttentionUntilItIsDrawnByAClick() {
        FxToolkitThread.call(() -> {
            var sidebar = new SidebarView(workspace, new Region(), new Region());
            assertNotNull(new Scene(sidebar, 270, 900));
            var link = LinkId.of("reviews", "payments");
            workspace.observe(carrying(link));
            var discovery = new Discovery();
            look(discovery);
            sidebar.applyCss();
            var cards =
                    sidebar.lookupAll(".bm-card").stream()
                            .filter(c -> c.getAccessibleText().contains("not drawn"))
                            .toList();
            assertEquals(
                    List.of(
                            "reviews → payments: carries 8.00/s and is not drawn; click to draw it"),
                    cards.stream().map(Node::getAccessibleText).toList());
            var before = workspace.topology();
            cards.getFirst().getOnMouseClicked().handle(null);
            assertNotNull(workspace.topology().link(link));
            assertEquals(before.layout(), workspace.topology().layout());
            look(discovery);
            assertEquals(List.of(), workspace.disagreementsProperty().get());
            workspace.undo();
            assertEquals(before, workspace.topology());
            return "";
        });
    }

    private void look(Discovery discovery) {
        var seen = workspace.snapshotProperty().get();
        workspace.disagreementsProperty().set(discovery.look(workspace.topology(), seen));
    }

    private static MeshSnapshot carrying(LinkId link) {
        var at = Instant.parse("2036-01-01T00:00:00Z");
        var none = LinkMetrics.none(link.toString(), at);
        var traffic = new LinkTraffic(8, 0, 0, 0, Map.of(), List.of());
        var seen =
                new LinkMetrics(
                        link.toString(),
                        at,
                        traffic,
                        none.latency(),
                        none.breakdown(),
                        none.batching(),
                        none.wire(),
                        none.cache());
        return new MeshSnapshot(at, Map.of(link.toString(), seen), Map.of(), Map.of(), Map.of());
    }

    /** What is said of what was switched by hand. */
    private static List<String> about(SidebarView sidebar) {
        sidebar.applyCss();
        sidebar.layout();
        return sidebar.lookupAll(".bm-card").stream()
                .map(Node::getAccessibleText)
                .filter(words -> words.contains("by hand"))
                .toList();
    }
}
