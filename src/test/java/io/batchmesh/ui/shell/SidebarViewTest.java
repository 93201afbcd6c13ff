package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.model.LinkId;
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
