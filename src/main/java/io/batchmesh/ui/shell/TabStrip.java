package io.batchmesh.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/** Words of which one is chosen, by mouse or by the arrow keys. */
final class TabStrip extends FlowPane {
    private final ToggleGroup group = new ToggleGroup();
    private final ReadOnlyObjectWrapper<String> chosen = new ReadOnlyObjectWrapper<>("");
    private List<String> names = List.of();

    TabStrip() {
        getStyleClass().add("bm-tab-strip");
        setPrefWrapLength(900);
        addEventFilter(KeyEvent.KEY_PRESSED, this::walk);
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        // One is always chosen.
                        group.selectToggle(before);
                    } else if (now instanceof ToggleButton tab) {
                        chosen.set(tab.getText());
                    }
                });
    }

    ReadOnlyObjectProperty<String> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** Offers these; what was chosen stays so where it is among them. */
    void offer(List<String> offered) {
        if (offered.equals(names)) {
            return;
        }
        var before = chosen.get();
        names = List.copyOf(offered);
        var tabs = new ArrayList<ToggleButton>();
        for (var name : names) {
            var tab = new ToggleButton(name);
            tab.setId("tab-" + name.toLowerCase(Locale.ROOT).replace(' ', '-'));
            tab.setAccessibleRole(AccessibleRole.TAB_ITEM);
            tab.setMinWidth(USE_PREF_SIZE);
            tabs.add(tab);
        }
        group.getToggles().setAll(tabs);
        getChildren().setAll(tabs);
        choose(names.contains(before) ? before : names.getFirst());
    }

    void choose(String name) {
        if (names.contains(name)) {
            group.selectToggle(group.getToggles().get(names.indexOf(name)));
        }
    }

    private void walk(KeyEvent event) {
        int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        int at = names.indexOf(chosen.get()) + step;
        if (step != 0 && at >= 0 && at < names.size()) {
            choose(names.get(at));
            getChildren().get(at).requestFocus();
            event.consume();
        }
    }
}
