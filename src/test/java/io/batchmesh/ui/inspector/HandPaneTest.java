package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.HandSwitch;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

/** Break-glass in the inspector: one click, and another back. */
class HandPaneTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    private final StackPane view = new StackPane();
    private final List<String> orders = new ArrayList<>();

    private final class Recorded implements HandSwitch {
        @Override
        public void batching(LinkId link, boolean off) {
            orders.add(link + (off ? " off" : " on"));
        }

        @Override
        public void endpoint(String address, boolean out) {
            orders.add(address + (out ? " out" : " in"));
        }
    }

    private void on(Runnable steps) {
        FxToolkitThread.call(() -> {
            workspace.handSwitchProperty().set(new Recorded());
            view.getChildren().add(new InspectorView(workspace, Runnable::run));
            workspace.select(Selection.of(LINK));
            assertNotNull(new Scene(view, 344, 900));
            view.applyCss();
            view.layout();
            steps.run();
            return "";
        });
    }

    private Button button(String id) {
        view.applyCss();
        view.layout();
        return (Button) Objects.requireNonNull(view.lookup("#" + id), id);
    }

    private static OverrideEntry entry(OverrideEntry.Kind kind, String subject) {
        return new OverrideEntry(kind, subject, Instant.EPOCH, null, "ann");
    }

    @Test
    void oneClickTurnsBatchingOffAndAnotherOnAgain() {
        on(() -> {
            assertEquals("Turn off", button("hand-batching").getText());
            button("hand-batching").fire();
            var off = entry(OverrideEntry.Kind.BATCHING_OFF, LINK.toString());
            workspace.switchedProperty().set(new Switched(Map.of("p", List.of(off))));
            assertEquals("Turn on", button("hand-batching").getText());
            var state = (Label) Objects.requireNonNull(view.lookup("#inspector-state"));
            assertTrue(state.getText().contains("batching off by hand"), state.getText());
            button("hand-batching").fire();
            workspace.switchedProperty().set(Switched.NOTHING);
            assertEquals("Turn off", button("hand-batching").getText());
            assertEquals(List.of(LINK + " off", LINK + " on"), orders);
        });
    }

    @Test
    void oneClickTakesAnEndpointOutAndAnotherInAgain() {
        on(() -> {
            var eject = button("hand-endpoint-1");
            assertEquals("Eject", eject.getText());
            eject.fire();
            var address = orders.getFirst().replace(" out", "");
            var out = entry(OverrideEntry.Kind.ENDPOINT_EJECTED, address);
            workspace.switchedProperty().set(new Switched(Map.of("p", List.of(out))));
            assertEquals("Take in", button("hand-endpoint-1").getText());
            button("hand-endpoint-1").fire();
            assertEquals(List.of(address + " out", address + " in"), orders);
        });
    }

    @Test
    void whatIsSwitchedIsSaidInALine() {
        var switched =
                new Switched(
                        Map.of(
                                "a",
                                List.of(
                                        entry(OverrideEntry.Kind.BATCHING_OFF, "a->b"),
                                        entry(OverrideEntry.Kind.BATCHING_OFF, "a->c"),
                                        entry(OverrideEntry.Kind.ENDPOINT_EJECTED, "h:1")),
                                "b",
                                List.of(entry(OverrideEntry.Kind.ENDPOINT_EJECTED, "h:1"))));
        assertEquals("batching off a → b and 1 more, h:1 taken out", switched.words());
        assertEquals("batching off on 2 links, 1 endpoint out", switched.brief());
        assertEquals("", Switched.NOTHING.words() + Switched.NOTHING.brief());
    }
}
