package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.edit.RouteEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class InspectorViewTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");
    private static final ServiceId REVIEWS = new ServiceId("reviews");

    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    private final StackPane view = new StackPane();

    private void on(Selection selection, Runnable steps) {
        FxToolkitThread.call(() -> {
            view.getChildren().add(new InspectorView(workspace, Runnable::run));
            workspace.select(selection);
            assertEquals(344, new Scene(view, 344, 900).getWidth());
            view.applyCss();
            view.layout();
            steps.run();
            return "";
        });
    }

    private <T extends Node> T find(Class<T> type, String id) {
        view.applyCss();
        view.layout();
        return type.cast(Objects.requireNonNull(view.lookup(id), () -> "nothing is called " + id));
    }

    private void type(String id, String text) {
        find(TextField.class, id).setText(text);
    }

    private String words(String id) {
        return find(Label.class, id).getText();
    }

    private void press(String id) {
        find(ToggleButton.class, id).fire();
    }

    private void openRoutes() {
        find(TabPane.class, "#inspector-tabs").getSelectionModel().select(1);
        view.applyCss();
        view.layout();
    }

    private BatchWindow window() {
        return Objects.requireNonNull(workspace.topology().link(LINK)).window();
    }

    private Map<String, Integer> split() {
        var service = Objects.requireNonNull(workspace.topology().service(REVIEWS));
        return Objects.requireNonNull(service.traffic().route("default")).split();
    }

    @Test
    void whatIsTypedIsAppliedWhileItIsTypedAndIsOneStepToUndo() {
        on(
                Selection.of(LINK),
                () -> {
                    var before = workspace.topology();
                    type("#batch-linger", "2 ms");
                    type("#batch-linger", "20 ms");
                    assertEquals(Duration.ofMillis(20), window().linger());
                    workspace.undo();
                    assertEquals(before, workspace.topology());
                    assertEquals("5 ms", find(TextField.class, "#batch-linger").getText());
                    assertFalse(workspace.history().canUndo());
                });
    }

    @Test
    void anInvalidLingerSaysSoAndChangesNothing() {
        on(
                Selection.of(LINK),
                () -> {
                    var before = workspace.topology();
                    type("#batch-linger", "20");
                    assertEquals(before, workspace.topology());
                    assertTrue(words("#batch-linger-error").contains("has no unit"));
                    assertTrue(find(Label.class, "#batch-linger-error").isVisible());
                    assertTrue(
                            find(TextField.class, "#batch-linger")
                                    .getStyleClass()
                                    .contains("bm-invalid"));
                    type("#batch-linger", "61 s");
                    assertEquals(before, workspace.topology());
                    assertTrue(words("#batch-linger-error").contains("at most 60s"));
                    type("#batch-items", "4097");
                    assertEquals(before, workspace.topology());
                    assertTrue(words("#batch-items-error").contains("from 1 to 4096"));
                    type("#batch-linger", "3ms");
                    assertEquals(Duration.ofMillis(3), window().linger());
                    assertFalse(find(Label.class, "#batch-linger-error").isVisible());
                });
    }

    @Test
    void whatIsInvalidStaysWhileNumbersComeInAndGoesWithAnUndo() {
        on(
                Selection.of(LINK),
                () -> {
                    type("#batch-linger", "2 ms");
                    type("#batch-items", "many");
                    var topology = workspace.topology();
                    workspace.observe(
                            SampleWorkspace.numbers(topology, topology, SampleWorkspace.NOW));
                    assertEquals("many", find(TextField.class, "#batch-items").getText());
                    workspace.edit(new LinkEdit.SetBatchWindow(LINK, window().withMaxItems(7)));
                    assertEquals("7", find(TextField.class, "#batch-items").getText());
                });
    }

    @Test
    void thePolicyIsChosenByItsButton() {
        on(
                Selection.of(LINK),
                () -> {
                    press("#batch-policy-auto");
                    assertEquals(BatchWindow.Policy.AUTO, window().policy());
                    assertFalse(
                            find(TextField.class, "#batch-linger")
                                    .getParent()
                                    .getParent()
                                    .isVisible());
                    press("#batch-policy-p99");
                    assertEquals(BatchWindow.Policy.TARGET_P99, window().policy());
                    assertNotNull(window().targetP99());
                    type("#batch-target", "");
                    assertNotNull(window().targetP99());
                    press("#batch-policy-fixed");
                    press("#batch-policy-fixed");
                    assertEquals(BatchWindow.Policy.FIXED, window().policy());
                    assertTrue(find(ToggleButton.class, "#batch-policy-fixed").isSelected());
                });
    }

    @Test
    void theCodecGoesAndComesBackWithoutADifference() {
        on(
                Selection.of(LINK),
                () -> {
                    var before = workspace.topology();
                    press("#batch-codec-gzip");
                    var changed = Objects.requireNonNull(window().compression());
                    assertEquals(Compression.Codec.GZIP, changed.codec());
                    press("#batch-codec-zstd");
                    assertEquals(before, workspace.topology());
                });
    }

    @Test
    void whatRunsIsSaidWhereItIsNotTheEdit() {
        on(
                Selection.of(LINK),
                () -> {
                    assertEquals("runs as drawn", words("#inspector-state"));
                    type("#batch-linger", "2ms");
                    assertEquals("1 edit not pushed", words("#inspector-state"));
                    var field = find(TextField.class, "#batch-linger");
                    assertTrue(field.getStyleClass().contains("bm-edited"));
                    assertTrue(
                            field.lookupAll(".bm-field-note").stream()
                                    .anyMatch(n ->
                                            n instanceof Label l
                                                    && l.getText().equals("runs 5 ms")));
                });
    }

    @Test
    void theSliderKeepsTheSumAndADragIsOneStep() {
        on(
                Selection.of(LINK),
                () -> {
                    openRoutes();
                    var slider = find(Slider.class, "#slider-v1");
                    slider.setValueChanging(true);
                    slider.setValue(88);
                    slider.setValue(84);
                    slider.setValue(80);
                    slider.setValueChanging(false);
                    assertEquals(Map.of("v1", 80, "v2", 10, "v3", 10), split());
                    assertTrue(words("#split-note-v1").matches("set 90 · seen 9\\d.\\d · edit 80"));
                    workspace.undo();
                    assertEquals(Map.of("v1", 90, "v2", 5, "v3", 5), split());
                    assertEquals(90, slider.getValue());
                });
    }

    @Test
    void aTypedWeightIsExact() {
        on(
                Selection.of(REVIEWS),
                () -> {
                    type("#split-v2", "25");
                    assertEquals(25, split().get("v2"));
                    assertEquals(100, SplitShares.sum(split()));
                    type("#split-v2", "101");
                    assertEquals(25, split().get("v2"));
                    assertEquals("from 0 to 100", words("#split-v2-error"));
                });
    }

    @Test
    void anOverriddenSplitIsTheLinksOwn() {
        on(
                Selection.of(LINK),
                () -> {
                    workspace.edit(
                            new RouteEdit.SetRouteSplit(
                                    RouteEdit.Owner.of(LINK),
                                    "default",
                                    Map.of("v1", 50, "v2", 50)));
                    openRoutes();
                    type("#split-v1", "60");
                    var link = Objects.requireNonNull(workspace.topology().link(LINK));
                    assertEquals(
                            60,
                            Objects.requireNonNull(link.traffic().route("default"))
                                    .split()
                                    .get("v1"));
                    assertEquals(90, split().get("v1"));
                    type("#route-timeout", "4s");
                    var service = Objects.requireNonNull(workspace.topology().service(REVIEWS));
                    assertEquals(
                            Duration.ofSeconds(4),
                            Objects.requireNonNull(service.traffic().route("default")).timeout());
                });
    }

    @Test
    void aTimeoutMayBeTakenAway() {
        on(
                Selection.of(REVIEWS),
                () -> {
                    type("#route-timeout", "");
                    var service = Objects.requireNonNull(workspace.topology().service(REVIEWS));
                    assertNull(
                            Objects.requireNonNull(service.traffic().route("default")).timeout());
                    type("#route-attempts", "11");
                    assertEquals("out of range; from 0 to 10", words("#route-attempts-error"));
                });
    }

    @Test
    void thePanelFollowsTheSelectionAlsoWhenTheLinkGoes() {
        on(
                Selection.of(LINK),
                () -> {
                    assertEquals("productpage → reviews", words("#inspector-title"));
                    workspace.edit(new LinkEdit.RemoveLink(LINK));
                    assertEquals("bookinfo", words("#inspector-title"));
                    workspace.undo();
                    workspace.select(Selection.of(REVIEWS).and(Selection.of(LINK)));
                    assertEquals("1 service and 1 link selected", words("#inspector-title"));
                });
    }

    @Test
    void aWindowThatOnlyWaitsIsMendedByItsButton() {
        var quiet = LinkId.of("reviews", "ratings");
        on(
                Selection.of(quiet),
                () -> {
                    find(javafx.scene.control.Button.class, "#use-auto")
                            .fireEvent(new ActionEvent());
                    var link = Objects.requireNonNull(workspace.topology().link(quiet));
                    assertEquals(BatchWindow.Policy.AUTO, link.window().policy());
                    assertNull(view.lookup("#use-auto"));
                });
    }
}
