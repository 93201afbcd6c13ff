package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Tapping;
import io.batchmesh.ui.TraceTemplate;
import io.batchmesh.ui.Workspace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;

/** The tab of single requests. */
class TapPaneTest {
    private static final LinkId LINK = LinkId.of("productpage", "reviews");

    private static <T> T with(SampleTap tap, BiFunction<TapPane, Workspace, T> then) {
        return FxToolkitThread.call(() -> {
            var workspace = SamplePast.calm(5);
            workspace.tappingProperty().set(tap);
            var copying = new Copying(workspace, Runnable::run, () -> FilePicks.NONE);
            var pane = new TapPane(workspace, copying);
            new Scene(pane, 1000, 350);
            pane.show(LINK, null);
            layout(pane);
            return then.apply(pane, workspace);
        });
    }

    private static void layout(TapPane pane) {
        pane.applyCss();
        pane.layout();
        pane.layout();
    }

    private static Button button(TapPane pane, String id) {
        return (Button) pane.lookup("#" + id);
    }

    private static TableView<?> table(TapPane pane) {
        return (TableView<?>) pane.lookup("#tap-table");
    }

    @Test
    void whatMatchesIsListedAndTheSelectedOneStaysWhileOthersCome() {
        var tap = new SampleTap(12);
        with(
                tap,
                (pane, workspace) -> {
                    ((TextField) pane.lookup("#tap-filter")).setText("/api >5ms GET");
                    button(pane, "tap-toggle").fire();
                    var order = tap.order;
                    assertNotNull(order);
                    assertEquals("productpage->reviews", order.filter().link());
                    assertEquals(Duration.ofMillis(5), order.filter().least());
                    assertEquals(Set.of(new ServiceId("productpage")), tap.callers);
                    assertEquals(12, table(pane).getItems().size());
                    assertEquals("Stop", button(pane, "tap-toggle").getText());
                    table(pane).getSelectionModel().select(1);
                    layout(pane);
                    var chosen = table(pane).getSelectionModel().getSelectedItem();
                    assertTrue(pane.lookup("#tap-detail").isVisible());
                    button(pane, "tap-copy").fire();
                    var text = Clipboard.getSystemClipboard().getString();
                    assertTrue(text.contains("\"collect\"") && text.contains("\"batch\""), text);
                    tap.add(13);
                    button(pane, "tap-toggle").fire();
                    assertEquals(13, table(pane).getItems().size());
                    assertEquals(chosen, table(pane).getSelectionModel().getSelectedItem());
                    assertEquals("Start", button(pane, "tap-toggle").getText());
                    assertFalse(tap.goesOn());
                    pane.show(LinkId.of("reviews", "ratings"), null);
                    assertEquals(0, table(pane).getItems().size());
                    return "";
                });
    }

    @Test
    void ofAServiceAllThatCallItAreAskedOrItself() {
        var tap = new SampleTap(1);
        with(
                tap,
                (pane, workspace) -> {
                    pane.show(null, new ServiceId("reviews"));
                    button(pane, "tap-toggle").fire();
                    assertEquals(Set.of(new ServiceId("productpage")), tap.callers);
                    var order = tap.order;
                    assertNotNull(order);
                    assertEquals("*->reviews", order.filter().link());
                    ((ToggleButton) pane.lookup("#tab-from-it")).fire();
                    button(pane, "tap-toggle").fire();
                    assertEquals(Set.of(new ServiceId("reviews")), tap.callers);
                    return "";
                });
    }

    @Test
    void whereNothingCanBeTappedItSaysWhy() {
        with(
                new SampleTap(0),
                (pane, workspace) -> {
                    workspace.tappingProperty().set(Tapping.NONE);
                    button(pane, "tap-toggle").fire();
                    var said = (Labeled) table(pane).getPlaceholder();
                    assertTrue(said.getText().contains("no running sidecar"), said.getText());
                    return "";
                });
    }

    @Test
    void aTraceIsOpenedOnlyAfterItsAddressWasShown() {
        var opened = new ArrayList<URI>();
        with(
                new SampleTap(3),
                (pane, workspace) -> {
                    workspace.browserProperty().set(opened::add);
                    workspace
                            .tracesProperty()
                            .set(new TraceTemplate("https://tempo.example/trace/{traceId}"));
                    button(pane, "tap-toggle").fire();
                    table(pane).getSelectionModel().select(0);
                    layout(pane);
                    assertFalse(button(pane, "trace-go").isVisible());
                    button(pane, "trace-open").fire();
                    var address = (Labeled) pane.lookup("#trace-address");
                    assertTrue(address.isVisible());
                    assertEquals(
                            "https://tempo.example/trace/0af7651916cd43dd8448eb211c80319c",
                            address.getText());
                    assertEquals(List.of(), opened);
                    button(pane, "trace-go").fire();
                    assertEquals(1, opened.size());
                    return "";
                });
    }

    @Test
    void theWordsOfAFilterAreUnderstoodOrRefused() {
        var all = "POST /cart 5xx >20ms route:beta x-tenant=blue show:x-id 50/s 25% query";
        var read = assertInstanceOf(TapParameters.Read.Valid.class, TapWords.read(all, "a->b"));
        var order = read.order();
        assertEquals("POST", order.filter().method());
        assertEquals("/cart", order.filter().pathPrefix());
        assertEquals("beta", order.filter().route());
        assertEquals(Map.of("x-tenant", "blue"), order.filter().headers());
        assertEquals(List.of("x-id"), order.shown());
        assertEquals(50, order.pace().rate());
        assertEquals(25, order.pace().percent());
        assertTrue(order.query());
        for (var wrong : List.of("slow", "cookie=1", "200/s", ">much", "/a /b", "show:token")) {
            assertInstanceOf(TapParameters.Read.Invalid.class, TapWords.read(wrong, null), wrong);
        }
        assertEquals(
                "has no {traceId} in it, such as https://tempo.example/trace/{traceId}",
                TraceTemplate.problem("https://tempo.example/"));
        assertNotNull(TraceTemplate.problem("file:///{traceId}"));
        assertNotNull(TraceTemplate.problem("https://u:p@tempo.example/{traceId}"));
    }
}
