package io.batchmesh.ui.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Theme;
import java.time.Duration;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The inspector under mouse and keys. */
class InspectorTypingTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private final FxRobot robot = new FxRobot();
    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    private Stage stage;

    @BeforeEach
    void show() {
        stage =
                FxToolkitThread.call(() -> {
                    var view = new InspectorView(workspace, Runnable::run);
                    workspace.select(Selection.of(LINK));
                    var scene = new Scene(view, 344, 800);
                    scene.setUserAgentStylesheet(Theme.DARK.stylesheet());
                    var window = new Stage();
                    window.setScene(scene);
                    window.show();
                    return window;
                });
    }

    @AfterEach
    void close() {
        FxToolkitThread.call(() -> {
            stage.close();
            return "";
        });
    }

    private TextField field(String id) {
        return robot.lookup(id).queryAs(TextField.class);
    }

    private void type(String id, String text) {
        robot.clickOn(id).push(KeyCode.CONTROL, KeyCode.A).write(text);
    }

    private Duration linger() {
        return Objects.requireNonNull(workspace.topology().link(LINK)).window().linger();
    }

    @Test
    void theCaretStaysWhereSomebodyTypesAndEnterEndsTheStep() {
        type("#batch-linger", "20ms");
        assertEquals(Duration.ofMillis(20), linger());
        assertEquals("20ms", field("#batch-linger").getText());
        assertEquals(4, field("#batch-linger").getCaretPosition());
        robot.push(KeyCode.ENTER);
        assertEquals("20 ms", field("#batch-linger").getText());
        type("#batch-linger", "30ms");
        robot.clickOn("#batch-items");
        assertEquals("30 ms", field("#batch-linger").getText());
        robot.interact(workspace::undo);
        assertEquals(Duration.ofMillis(20), linger());
        robot.interact(workspace::undo);
        assertEquals(Duration.ofMillis(5), linger());
        assertEquals("5 ms", field("#batch-linger").getText());
    }

    @Test
    void escapeTakesBackWhatIsInvalid() {
        type("#batch-items", "0");
        assertTrue(robot.lookup("#batch-items-error").query().isVisible());
        robot.push(KeyCode.ESCAPE);
        assertEquals("64", field("#batch-items").getText());
        assertFalse(workspace.history().canUndo());
    }

    @Test
    void routesAreBehindTheirTabAndASplitIsTyped() {
        robot.clickOn("#tab-routes");
        type("#split-v1", "80");
        var service =
                Objects.requireNonNull(workspace.topology().service(new ServiceId("reviews")));
        var route = Objects.requireNonNull(service.traffic().route("default"));
        assertEquals(80, route.split().get("v1"));
        assertEquals(100, SplitShares.sum(route.split()));
        robot.clickOn("#tab-batch");
        robot.clickOn("#batch-policy-auto");
        assertEquals(
                "auto",
                Objects.requireNonNull(workspace.topology().link(LINK)).window().policy().label());
    }
}
