package io.batchmesh.ui.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Workspace;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private final SampleDesk desk = new SampleDesk();
    private final StackPane view = new StackPane();

    private void on(Workspace workspace, Runnable steps) {
        view.getChildren().add(new PlanView(workspace, desk));
        assertTrue(new Scene(view, 400, 800).getWidth() > 0);
        view.applyCss();
        view.layout();
        steps.run();
    }

    private static void fx(Runnable steps) {
        FxToolkitThread.call(() -> {
            steps.run();
            return "";
        });
    }

    private Button button(String id) {
        return (Button) Objects.requireNonNull(view.lookup(id), id);
    }

    private String words(String id) {
        return ((Label) Objects.requireNonNull(view.lookup(id), id)).getText();
    }

    private int rows() {
        return ((VBox) Objects.requireNonNull(view.lookup("#push-proxies"))).getChildren().size();
    }

    @Test
    void changesAreSaidInPeoplesWords() {
        fx(() -> {
            var workspace = PlanGallery.edited();
            var plan = workspace.deploymentProperty().get().plan();
            var groups = ChangeWords.of(plan, workspace.topology());
            assertEquals(
                    List.of(
                            new ChangeGroup(
                                    "reviews, routes",
                                    List.of(
                                            new ChangeLine(
                                                    "default split", "90 / 5 / 5", "80 / 10 / 10")),
                                    List.of("productpage-v1-1")),
                            new ChangeGroup(
                                    "productpage → reviews, window",
                                    List.of(new ChangeLine("", "≤ 5 ms · 64", "≤ 2 ms · 16")),
                                    List.of("productpage-v1-1"))),
                    groups);
        });
    }

    @Test
    void aLinkThatComesOrGoesIsOneLine() {
        fx(() -> {
            var workspace = PlanGallery.rewritten();
            var plan = workspace.deploymentProperty().get().plan();
            var groups = ChangeWords.of(plan, workspace.topology());
            assertEquals(
                    List.of(new ChangeLine("", "no link", "auto · 64")), groups.get(1).lines());
            assertEquals(
                    new ChangeGroup(
                            "reviews → ratings",
                            List.of(new ChangeLine("", "≤ 2 ms · 16", "no link")),
                            List.of("reviews-v1-1", "reviews-v2-1", "reviews-v3-1")),
                    groups.get(2));
        });
    }

    @Test
    void eachProxyHasItsStateAndItsReason() {
        fx(() -> {
            var workspace = PlanGallery.troubled();
            var rows = ProxyRows.of(workspace.deploymentProperty().get());
            assertEquals(7, rows.size());
            assertTrue(
                    rows.contains(
                            new ProxyRow(
                                    "reviews-v3-1",
                                    ProxyRow.State.UNREACHABLE,
                                    "",
                                    "connection refused at 127.0.0.1:15090")));
            assertTrue(
                    rows.contains(
                            new ProxyRow(
                                    "reviews-v2-1",
                                    ProxyRow.State.UNKNOWN,
                                    "",
                                    "unreadable: line 1, column 3: no JSON")));
            assertEquals(
                    3, rows.stream().filter(r -> r.state() == ProxyRow.State.UNCHANGED).count());
        });
    }

    @Test
    void pushCancelAndRollBackAreThereWhenTheyWork() {
        fx(() ->
                on(
                        PlanGallery.edited(),
                        () -> {
                            assertEquals("Push 8", words("#push-title"));
                            assertEquals("Push to 1 proxy", button("#push-now").getText());
                            assertFalse(button("#push-cancel").isVisible());
                            button("#push-now").fire();
                            desk.state.set(
                                    new PushState.Running(
                                            "Push 8",
                                            List.of(
                                                    new ProxyRow(
                                                            "productpage-v1-1",
                                                            ProxyRow.State.PENDING,
                                                            "",
                                                            ""))));
                            assertEquals(1, rows());
                            assertFalse(button("#push-now").isVisible());
                            button("#push-cancel").fire();
                            desk.state.set(
                                    new PushState.Finished(
                                            "Push 8",
                                            List.of(
                                                    new ProxyRow(
                                                            "productpage-v1-1",
                                                            ProxyRow.State.REJECTED,
                                                            "0123456789",
                                                            "/links/0/batch/maxBytes: out of range")),
                                            "It was not taken.",
                                            true));
                            assertEquals("■ It was not taken.", words("#push-summary"));
                            assertEquals("Roll back push 8", button("#push-roll-back").getText());
                            button("#push-roll-back").fire();
                            button("#push-close").fire();
                            assertEquals(
                                    List.of("push 1", "cancel", "roll back", "close"), desk.calls);
                        }));
    }

    @Test
    void nothingIsPushedThatIsNotKnown() {
        fx(() ->
                on(
                        SampleWorkspace.of(SampleWorkspace.topology("bookinfo")),
                        () -> {
                            assertFalse(button("#push-now").isVisible());
                            assertTrue(words("#push-advice").contains("not known"));
                            var command =
                                    (TextField)
                                            Objects.requireNonNull(view.lookup("#push-command"));
                            assertEquals("push bookinfo.json", command.getText());
                        }));
    }

    @Test
    void aPlanOfAnEarlierEditIsNotPushed() {
        fx(() -> {
            var workspace = PlanGallery.edited();
            var deployment = workspace.deploymentProperty().get();
            on(
                    workspace,
                    () -> {
                        assertFalse(button("#push-now").isDisabled());
                        workspace
                                .deploymentProperty()
                                .set(
                                        new io.batchmesh.ui.Deployment(
                                                deployment.running(),
                                                deployment.plan(),
                                                deployment.revision() - 1));
                        assertTrue(button("#push-now").isDisabled());
                    });
        });
    }
}
