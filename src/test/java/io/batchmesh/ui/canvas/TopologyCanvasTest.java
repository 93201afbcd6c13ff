package io.batchmesh.ui.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.event.EventType;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Test;

class TopologyCanvasTest {
    private static final ServiceId DETAILS = new ServiceId("details");
    private static final ServiceId RATINGS = new ServiceId("ratings");
    private static final ServiceId REVIEWS = new ServiceId("reviews");

    private final List<Map<ServiceId, Position>> moves = new ArrayList<>();
    private final List<LinkId> drawn = new ArrayList<>();
    private final List<Selection> deleted = new ArrayList<>();

    /** Runs a test on a canvas of 900 by 600 that shows Bookinfo. */
    private void on(Consumer<TopologyCanvas> test) {
        FxToolkitThread.call(() -> {
            var canvas = new TopologyCanvas(Runnable::run);
            var scene = new Scene(canvas, 900, 600);
            scene.setUserAgentStylesheet(Theme.DARK.stylesheet());
            canvas.resize(900, 600);
            canvas.setActions(actions());
            canvas.openTopology(SampleMeshes.sample("bookinfo"));
            pulse(canvas);
            test.accept(canvas);
            return true;
        });
    }

    private CanvasActions actions() {
        return new CanvasActions() {
            @Override
            public void onMoved(Map<ServiceId, Position> positions) {
                moves.add(positions);
            }

            @Override
            public void onLinkDrawn(ServiceId from, ServiceId to) {
                drawn.add(new LinkId(from, to));
            }

            @Override
            public void onDelete(Selection selection) {
                deleted.add(selection);
            }
        };
    }

    private static void pulse(TopologyCanvas canvas) {
        canvas.applyCss();
        canvas.layout();
    }

    private static void mouse(
            TopologyCanvas canvas, EventType<MouseEvent> type, double[] at, boolean shift) {
        var pressed = type != MouseEvent.MOUSE_RELEASED;
        canvas.fireEvent(
                new MouseEvent(
                        type,
                        at[0],
                        at[1],
                        at[0],
                        at[1],
                        MouseButton.PRIMARY,
                        1,
                        shift,
                        false,
                        false,
                        false,
                        pressed,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }

    private static void drag(TopologyCanvas canvas, double[] from, double[] to, boolean shift) {
        mouse(canvas, MouseEvent.MOUSE_PRESSED, from, shift);
        mouse(canvas, MouseEvent.MOUSE_DRAGGED, to, shift);
        mouse(canvas, MouseEvent.MOUSE_RELEASED, to, shift);
    }

    private static void click(TopologyCanvas canvas, double[] at, boolean shift) {
        mouse(canvas, MouseEvent.MOUSE_PRESSED, at, shift);
        mouse(canvas, MouseEvent.MOUSE_RELEASED, at, shift);
    }

    private static void key(TopologyCanvas canvas, KeyCode code) {
        canvas.fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private static long paintings(TopologyCanvas canvas) {
        return canvas.getChildrenUnmodifiable().stream()
                .filter(Surface.class::isInstance)
                .mapToLong(surface -> ((Surface) surface).paintings())
                .sum();
    }

    private static double[] middle(TopologyCanvas canvas, Thing thing) {
        var box = canvas.viewport().box(Objects.requireNonNull(canvas.picture().boxOf(thing)));
        return new double[] {box.centerX(), box.centerY()};
    }

    private static double[] middle(TopologyCanvas canvas, ServiceId id) {
        return middle(canvas, new Thing.OfService(id));
    }

    @Test
    void everything_is_in_view_at_first() {
        on(canvas -> {
            var seen = canvas.viewport().seen(900, 600);
            assertTrue(seen.contains(Objects.requireNonNull(canvas.picture().bounds())));
        });
    }

    @Test
    void a_click_selects_a_shift_click_adds_and_the_ground_clears() {
        on(canvas -> {
            click(canvas, middle(canvas, DETAILS), false);
            assertEquals(Selection.of(DETAILS), canvas.selectionProperty().get());

            click(canvas, middle(canvas, RATINGS), true);
            assertEquals(Set.of(DETAILS, RATINGS), canvas.selectionProperty().get().services());

            click(canvas, new double[] {5, 5}, false);
            assertTrue(canvas.selectionProperty().get().isEmpty());
        });
    }

    @Test
    void a_drag_of_a_card_is_one_edit_and_moves_no_other() {
        on(canvas -> {
            var before = canvas.positions();
            var at = middle(canvas, DETAILS);
            drag(canvas, at, new double[] {at[0] + 50, at[1] - 40}, false);

            assertEquals(1, moves.size());
            assertEquals(Set.of(DETAILS), moves.getFirst().keySet());
            var moved = Objects.requireNonNull(moves.getFirst().get(DETAILS));
            assertTrue(moved.pinned());
            assertEquals(
                    50 / canvas.viewport().scale(),
                    moved.x() - Objects.requireNonNull(before.get(DETAILS)).x(),
                    ElkLayout.GRID);
            assertEquals(before.get(RATINGS), canvas.positions().get(RATINGS));
        });
    }

    @Test
    void a_drag_on_the_ground_pans_and_the_wheel_zooms_at_the_pointer() {
        on(canvas -> {
            var before = canvas.viewport();
            drag(canvas, new double[] {10, 10}, new double[] {60, 40}, false);
            assertEquals(before.panned(50, 30), canvas.viewport());

            var x = canvas.viewport().drawingX(300);
            canvas.fireEvent(
                    new ScrollEvent(
                            ScrollEvent.SCROLL,
                            300,
                            200,
                            300,
                            200,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            0,
                            40,
                            0,
                            40,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
            assertTrue(canvas.viewport().scale() > before.scale());
            assertEquals(x, canvas.viewport().drawingX(300), 1e-6);
        });
    }

    @Test
    void a_lasso_selects_what_is_wholly_in_it() {
        on(canvas -> {
            drag(canvas, new double[] {1, 1}, new double[] {899, 599}, true);
            assertEquals(5, canvas.selectionProperty().get().services().size());
        });
    }

    @Test
    void a_link_is_drawn_from_the_handle_of_a_card() {
        on(canvas -> {
            canvas.zoomToPlain();
            canvas.reveal(new Thing.OfService(DETAILS));
            var card = Objects.requireNonNull(canvas.picture().card(DETAILS));
            var view = canvas.viewport();
            double[] port = {view.x(card.portX()), view.y(card.portY())};
            drag(canvas, port, middle(canvas, REVIEWS), false);
            assertEquals(List.of(new LinkId(DETAILS, REVIEWS)), drawn);
        });
    }

    @Test
    void arrow_keys_walk_along_links_and_the_focused_thing_is_said() {
        on(canvas -> {
            canvas.focusedThingProperty().set(new Thing.OfService(REVIEWS));
            key(canvas, KeyCode.RIGHT);
            assertEquals(
                    new Thing.OfLink(new LinkId(REVIEWS, RATINGS)),
                    canvas.focusedThingProperty().get());
            key(canvas, KeyCode.RIGHT);
            assertEquals(new Thing.OfService(RATINGS), canvas.focusedThingProperty().get());
            var said = canvas.queryAccessibleAttribute(AccessibleAttribute.TEXT);
            assertTrue(String.valueOf(said).startsWith("ratings, service"), String.valueOf(said));

            key(canvas, KeyCode.ENTER);
            key(canvas, KeyCode.DELETE);
            assertEquals(List.of(Selection.of(RATINGS)), deleted);
            key(canvas, KeyCode.ESCAPE);
            assertTrue(canvas.selectionProperty().get().isEmpty());
        });
    }

    @Test
    void it_is_painted_only_after_a_change() {
        on(canvas -> {
            pulse(canvas);
            var painted = paintings(canvas);
            pulse(canvas);
            pulse(canvas);
            assertEquals(painted, paintings(canvas));

            canvas.zoomIn();
            canvas.zoomIn();
            pulse(canvas);
            assertEquals(painted + 1, paintings(canvas));
        });
    }

    @Test
    void without_a_window_there_is_no_place_on_the_screen() {
        on(canvas -> assertNull(canvas.screenPointOf(DETAILS)));
    }
}
