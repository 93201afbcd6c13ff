package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** What the keyboard does: everything that the mouse does, along the links. */
final class CanvasKeys {
    private final TopologyCanvas canvas;
    private final CanvasMouse mouse;

    CanvasKeys(TopologyCanvas canvas, CanvasMouse mouse) {
        this.canvas = canvas;
        this.mouse = mouse;
        canvas.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        canvas.addEventHandler(KeyEvent.KEY_RELEASED, this::released);
        canvas.focusedProperty().subscribe(focused -> mouse.setSpaceHeld(false));
    }

    private void pressed(KeyEvent event) {
        var taken = event.isShortcutDown() ? zoomed(event) : walkedOrDone(event);
        if (taken) {
            event.consume();
        }
    }

    private void released(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE) {
            mouse.setSpaceHeld(false);
            event.consume();
        }
    }

    private boolean zoomed(KeyEvent event) {
        switch (event.getCode()) {
            case PLUS, ADD, EQUALS -> canvas.zoomIn();
            case MINUS, SUBTRACT -> canvas.zoomOut();
            case DIGIT0, NUMPAD0 -> canvas.fit();
            case DIGIT1, NUMPAD1 -> canvas.zoomToPlain();
            case A ->
                    canvas.selectionProperty()
                            .set(
                                    new Selection(
                                            canvas.topology().services().keySet(),
                                            canvas.topology().links().keySet()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean walkedOrDone(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> arrow(FocusWalk.Direction.LEFT, event);
            case RIGHT -> arrow(FocusWalk.Direction.RIGHT, event);
            case UP -> arrow(FocusWalk.Direction.UP, event);
            case DOWN -> arrow(FocusWalk.Direction.DOWN, event);
            case TAB -> {
                return next(event.isShiftDown());
            }
            case HOME -> {
                canvas.focusedThingProperty().set(null);
                return next(false);
            }
            case ENTER -> enter(event.isShiftDown());
            case SPACE -> mouse.setSpaceHeld(true);
            case ESCAPE -> {
                return escape();
            }
            case DELETE, BACK_SPACE -> {
                return delete();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** With Alt the selected services move, without it the keyboard goes on. */
    private void arrow(FocusWalk.Direction direction, KeyEvent event) {
        if (event.isAltDown()) {
            move(direction, event.isShiftDown() ? 10 : 1);
            return;
        }
        var walk = new FocusWalk(canvas.picture());
        var from = Objects.requireNonNullElse(canvas.focusedThingProperty().get(), ground());
        focus(walk.step(from, direction));
    }

    private static Thing ground() {
        return new Thing.Ground();
    }

    private void move(FocusWalk.Direction direction, int steps) {
        var way = steps * ElkLayout.GRID;
        var dx =
                switch (direction) {
                    case LEFT -> -way;
                    case RIGHT -> way;
                    default -> 0;
                };
        var dy =
                switch (direction) {
                    case UP -> -way;
                    case DOWN -> way;
                    default -> 0;
                };
        Map<ServiceId, Position> moved = new LinkedHashMap<>();
        for (var id : canvas.selectionProperty().get().services()) {
            var at = canvas.positions().get(id);
            if (at != null) {
                moved.put(id, new Position(at.x() + dx, at.y() + dy, true));
            }
        }
        if (!moved.isEmpty()) {
            canvas.moveFor(moved);
            canvas.actions().onMoved(moved);
        }
    }

    /** After the last thing the key goes on to the next control. */
    private boolean next(boolean back) {
        var next = new FocusWalk(canvas.picture()).next(canvas.focusedThingProperty().get(), back);
        if (next == null) {
            canvas.focusedThingProperty().set(null);
            return false;
        }
        focus(next);
        return true;
    }

    private void focus(Thing thing) {
        if (!(thing instanceof Thing.Ground)) {
            canvas.focusedThingProperty().set(thing);
            canvas.reveal(thing);
        }
    }

    private void enter(boolean adding) {
        var thing = canvas.focusedThingProperty().get();
        var selection = canvas.selectionProperty();
        switch (thing) {
            case Thing.OfService(var id) ->
                    selection.set(adding ? selection.get().toggled(id) : Selection.of(id));
            case Thing.OfLink(var id) ->
                    selection.set(adding ? selection.get().toggled(id) : Selection.of(id));
            case null, default -> {
                return;
            }
        }
        if (!adding) {
            canvas.actions().onOpen(thing);
        }
    }

    private boolean escape() {
        if (mouse.cancel()) {
            return true;
        }
        if (!canvas.selectionProperty().get().isEmpty()) {
            canvas.selectionProperty().set(Selection.NONE);
            return true;
        }
        var focused = canvas.focusedThingProperty().get() != null;
        canvas.focusedThingProperty().set(null);
        return focused;
    }

    private boolean delete() {
        var selection = canvas.selectionProperty().get();
        if (selection.isEmpty()) {
            return false;
        }
        canvas.actions().onDelete(selection);
        return true;
    }
}
