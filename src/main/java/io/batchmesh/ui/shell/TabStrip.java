package io.batchmesh.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/**
 * Words of which one is chosen, by mouse or by the arrow keys; a menu of them where there is little
 * room.
 */
final class TabStrip extends HBox {
    private static final double LEAST = 60;

    /** About what a letter takes, and a tab beside its letters. */
    private static final double LETTER = 6.3;

    private static final double BESIDE = 18;

    private final ToggleGroup group = new ToggleGroup();
    private final MenuButton menu = new MenuButton();
    private final ReadOnlyObjectWrapper<String> chosen = new ReadOnlyObjectWrapper<>("");
    private List<String> names = List.of();
    private List<ToggleButton> tabs = List.of();
    private boolean brief;
    private double room = Double.MAX_VALUE;

    TabStrip() {
        getStyleClass().add("bm-tab-strip");
        setAlignment(Pos.CENTER_LEFT);
        menu.setAccessibleText("What is shown");
        addEventFilter(KeyEvent.KEY_PRESSED, this::walk);
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        // One is always chosen.
                        group.selectToggle(before);
                    } else if (now instanceof ToggleButton tab) {
                        menu.setText(tab.getText());
                        chosen.set(tab.getText());
                    }
                });
    }

    ReadOnlyObjectProperty<String> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** Says how many pixels there are; where the words do not fit, there is a menu of them. */
    void room(double width) {
        room = width;
        fill();
    }

    /** Whether there is room for a menu only. */
    void setBrief(boolean yes) {
        room(yes ? 0 : Double.MAX_VALUE);
    }

    private boolean fits() {
        double all = 0;
        for (var name : names) {
            all += name.length() * LETTER + BESIDE;
        }
        return all <= room;
    }

    /** Offers these; what was chosen stays so where it is among them. */
    void offer(List<String> offered) {
        if (offered.equals(names)) {
            return;
        }
        var before = chosen.get();
        names = List.copyOf(offered);
        var made = new ArrayList<ToggleButton>();
        menu.getItems().clear();
        for (var name : names) {
            var tab = new ToggleButton(name);
            tab.setId("tab-" + name.toLowerCase(Locale.ROOT).replace(' ', '-'));
            tab.setAccessibleRole(AccessibleRole.TAB_ITEM);
            tab.setMinWidth(USE_PREF_SIZE);
            made.add(tab);
            var item = new MenuItem(name);
            item.setOnAction(e -> choose(name));
            menu.getItems().add(item);
        }
        tabs = made;
        group.getToggles().setAll(tabs);
        fill();
        choose(names.contains(before) ? before : names.getFirst());
    }

    private void fill() {
        brief = !fits();
        // All words at their size would widen the window instead of becoming a menu.
        setMinWidth(brief || room == Double.MAX_VALUE ? USE_PREF_SIZE : LEAST);
        if (brief) {
            getChildren().setAll(menu);
        } else {
            getChildren().setAll(tabs);
        }
    }

    List<String> names() {
        return names;
    }

    void choose(String name) {
        if (names.contains(name)) {
            group.selectToggle(tabs.get(names.indexOf(name)));
        }
    }

    private void walk(KeyEvent event) {
        int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        int at = names.indexOf(chosen.get()) + step;
        if (step != 0 && at >= 0 && at < names.size()) {
            choose(names.get(at));
            (brief ? menu : tabs.get(at)).requestFocus();
            event.consume();
        }
    }
}
