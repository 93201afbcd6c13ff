package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the mouse does: drags the ground, moves cards, draws lassos and links, selects, zooms. A
 * drag becomes one edit when the button is let go; the escape key takes it back.
 */
final class CanvasMouse {
    /** A hand that trembles less than this many pixels clicks, it does not drag. */
    private static final double TREMBLE = 4;

    private static final double WHEEL = 0.0025;

    /** What the pressed button is doing. */
    private sealed interface Doing {
        record Nothing() implements Doing {}

        /** Pressed on the ground or with the middle button: the view follows. */
        record Panning(Viewport before) implements Doing {}

        /** Pressed on a card: what is selected follows. */
        record Moving(ServiceId grabbed, Map<ServiceId, Position> before) implements Doing {}

        record Lassoing() implements Doing {}

        record Linking(ServiceId from) implements Doing {}

        /** Pressed on something that does not move. */
        record Clicking() implements Doing {}
    }

    private final TopologyCanvas canvas;
    private Doing doing = new Doing.Nothing();
    private double pressedX;
    private double pressedY;
    private boolean dragged;
    private boolean spaceHeld;

    CanvasMouse(TopologyCanvas canvas) {
        this.canvas = canvas;
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, e -> hover(e.getX(), e.getY()));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, e -> canvas.setHover(null));
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        canvas.addEventHandler(
                ZoomEvent.ZOOM, e -> canvas.zoomBy(e.getZoomFactor(), e.getX(), e.getY()));
        canvas.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    void setSpaceHeld(boolean held) {
        spaceHeld = held;
        canvas.setCursor(held ? Cursor.OPEN_HAND : Cursor.DEFAULT);
    }

    /** Takes back what the mouse is doing; false when it does nothing. */
    boolean cancel() {
        var was = doing;
        doing = new Doing.Nothing();
        canvas.setSketch(Sketch.NONE);
        switch (was) {
            case Doing.Moving moving -> canvas.takeBackMoves();
            case Doing.Panning(var before) -> canvas.setViewByHand(before);
            default -> {}
        }
        return !(was instanceof Doing.Nothing);
    }

    private void pressed(MouseEvent event) {
        canvas.requestFocus();
        if (!(doing instanceof Doing.Nothing)) {
            return;
        }
        pressedX = event.getX();
        pressedY = event.getY();
        dragged = false;
        if (event.getButton() == MouseButton.MIDDLE
                || (event.getButton() == MouseButton.PRIMARY && spaceHeld)) {
            doing = new Doing.Panning(canvas.viewport());
        } else if (event.getButton() == MouseButton.PRIMARY) {
            doing = begin(canvas.thingAt(pressedX, pressedY), adding(event));
        }
        event.consume();
    }

    private Doing begin(Thing thing, boolean adding) {
        canvas.focusedThingProperty().set(thing instanceof Thing.Ground ? null : thing);
        return switch (thing) {
            case Thing.Port(var id) -> new Doing.Linking(id);
            case Thing.OfService(var id) -> {
                select(id, adding);
                yield new Doing.Moving(id, canvas.positions());
            }
            case Thing.OfLink(var id) -> {
                var selection = canvas.selectionProperty();
                selection.set(adding ? selection.get().toggled(id) : Selection.of(id));
                yield new Doing.Clicking();
            }
            case Thing.OfNote note -> new Doing.Clicking();
            case Thing.OfGroup(var name) -> {
                canvas.selectionProperty().set(Selection.ofServices(members(name)));
                yield new Doing.Clicking();
            }
            case Thing.Ground() ->
                    adding ? new Doing.Lassoing() : new Doing.Panning(canvas.viewport());
        };
    }

    private Set<ServiceId> members(String group) {
        return canvas.topology().groups().stream()
                .filter(g -> g.name().equals(group))
                .findFirst()
                .map(g -> Set.copyOf(g.services()))
                .orElse(Set.of());
    }

    /** Pressing on one of several selected ones keeps them all: they may be dragged. */
    private void select(ServiceId id, boolean adding) {
        var selection = canvas.selectionProperty();
        if (adding) {
            selection.set(selection.get().toggled(id));
        } else if (!selection.get().contains(id)) {
            selection.set(Selection.of(id));
        }
    }

    private void dragged(MouseEvent event) {
        var dx = event.getX() - pressedX;
        var dy = event.getY() - pressedY;
        if (!dragged && Math.hypot(dx, dy) < TREMBLE) {
            return;
        }
        dragged = true;
        switch (doing) {
            case Doing.Panning(var before) -> {
                canvas.setCursor(Cursor.CLOSED_HAND);
                canvas.setViewByHand(before.panned(dx, dy));
            }
            case Doing.Moving moving -> canvas.moveFor(moved(moving, dx, dy));
            case Doing.Lassoing() ->
                    canvas.setSketch(
                            new Sketch.Lasso(
                                    Box.between(pressedX, pressedY, event.getX(), event.getY())));
            case Doing.Linking(var from) ->
                    canvas.setSketch(
                            new Sketch.NewLink(
                                    from, event.getX(), event.getY(), target(from, event)));
            default -> {}
        }
        event.consume();
    }

    private void released(MouseEvent event) {
        var was = doing;
        doing = new Doing.Nothing();
        canvas.setCursor(spaceHeld ? Cursor.OPEN_HAND : Cursor.DEFAULT);
        canvas.setSketch(Sketch.NONE);
        switch (was) {
            case Doing.Panning panning -> {
                if (!dragged && event.getButton() == MouseButton.PRIMARY && !spaceHeld) {
                    canvas.selectionProperty().set(Selection.NONE);
                }
            }
            case Doing.Moving moving -> endOfMove(moving, event);
            case Doing.Lassoing() -> {
                if (dragged) {
                    lasso(event);
                }
            }
            case Doing.Linking(var from) -> {
                var to = dragged ? target(from, event) : null;
                if (to != null) {
                    canvas.actions().onLinkDrawn(from, to);
                }
            }
            default -> {}
        }
        if (event.getClickCount() == 2 && !dragged && event.getButton() == MouseButton.PRIMARY) {
            canvas.actions().onOpen(canvas.thingAt(event.getX(), event.getY()));
        }
        hover(event.getX(), event.getY());
    }

    private void endOfMove(Doing.Moving moving, MouseEvent event) {
        if (dragged) {
            var positions = moved(moving, event.getX() - pressedX, event.getY() - pressedY);
            canvas.moveFor(positions);
            canvas.actions().onMoved(positions);
        } else if (!adding(event)) {
            canvas.selectionProperty().set(Selection.of(moving.grabbed()));
        }
    }

    /** Where the dragged services stand now: the one under the pointer lands on the grid. */
    private Map<ServiceId, Position> moved(Doing.Moving moving, double dx, double dy) {
        var scale = canvas.viewport().scale();
        var grabbed = moving.before().get(moving.grabbed());
        if (grabbed == null) {
            return Map.of();
        }
        var shiftX = ElkLayout.snapped(grabbed.x() + dx / scale) - grabbed.x();
        var shiftY = ElkLayout.snapped(grabbed.y() + dy / scale) - grabbed.y();
        var moved = new LinkedHashMap<ServiceId, Position>();
        for (var id : together(moving.grabbed())) {
            var at = moving.before().get(id);
            if (at != null) {
                moved.put(id, new Position(at.x() + shiftX, at.y() + shiftY, true));
            }
        }
        return moved;
    }

    private Set<ServiceId> together(ServiceId grabbed) {
        var selected = canvas.selectionProperty().get();
        return selected.contains(grabbed) ? selected.services() : Set.of(grabbed);
    }

    private void lasso(MouseEvent event) {
        var view = canvas.viewport();
        var box =
                Box.between(
                        view.drawingX(pressedX),
                        view.drawingY(pressedY),
                        view.drawingX(event.getX()),
                        view.drawingY(event.getY()));
        var caught = Selection.ofServices(canvas.servicesWithin(box));
        var selection = canvas.selectionProperty();
        selection.set(selection.get().and(caught));
    }

    private @Nullable ServiceId target(ServiceId from, MouseEvent event) {
        var to =
                switch (canvas.thingAt(event.getX(), event.getY())) {
                    case Thing.OfService(var id) -> id;
                    case Thing.Port(var id) -> id;
                    default -> null;
                };
        return from.equals(to) ? null : to;
    }

    private void hover(double x, double y) {
        var thing = canvas.thingAt(x, y);
        canvas.setHover(thing instanceof Thing.Ground ? null : thing);
        if (!spaceHeld) {
            canvas.setCursor(
                    switch (thing) {
                        case Thing.Port port -> Cursor.CROSSHAIR;
                        case Thing.OfService service -> Cursor.HAND;
                        case Thing.OfLink link -> Cursor.HAND;
                        default -> Cursor.DEFAULT;
                    });
        }
    }

    private void scrolled(ScrollEvent event) {
        var delta = event.getDeltaY() == 0 ? event.getDeltaX() : event.getDeltaY();
        if (delta != 0 && !event.isInertia()) {
            canvas.zoomBy(
                    Math.exp(Math.clamp(delta, -200, 200) * WHEEL), event.getX(), event.getY());
        }
        event.consume();
    }

    /** By mouse at the pointer; by key at what has the keyboard. */
    private void menu(ContextMenuEvent event) {
        if (event.isKeyboardTrigger()) {
            keyboardMenu();
        } else {
            var thing = canvas.thingAt(event.getX(), event.getY());
            var shown = thing instanceof Thing.Port(var id) ? new Thing.OfService(id) : thing;
            selectForMenu(shown);
            var screen = new Point2D(event.getScreenX(), event.getScreenY());
            canvas.actions().onContextMenu(shown, screen, drawing(event.getX(), event.getY()));
        }
        event.consume();
    }

    private void keyboardMenu() {
        var focus = canvas.focusedThingProperty().get();
        var thing = focus == null ? new Thing.Ground() : focus;
        var box = canvas.picture().boxOf(thing);
        var view = canvas.viewport();
        var x = box == null ? canvas.getWidth() / 2 : view.x(box.centerX());
        var y = box == null ? canvas.getHeight() / 2 : view.y(box.centerY());
        selectForMenu(thing);
        var screen = canvas.localToScreen(x, y);
        if (screen != null) {
            canvas.actions().onContextMenu(thing, screen, drawing(x, y));
        }
    }

    /** A menu is about what is selected; what is not is selected first. */
    private void selectForMenu(Thing thing) {
        var selection = canvas.selectionProperty();
        switch (thing) {
            case Thing.OfService(var id) when !selection.get().contains(id) ->
                    selection.set(Selection.of(id));
            case Thing.OfLink(var id) when !selection.get().contains(id) ->
                    selection.set(Selection.of(id));
            default -> {}
        }
    }

    private Point2D drawing(double x, double y) {
        var view = canvas.viewport();
        return new Point2D(view.drawingX(x), view.drawingY(y));
    }

    private static boolean adding(MouseEvent event) {
        return event.isShiftDown() || event.isShortcutDown();
    }
}
