package io.batchmesh.ui.theme;

import javafx.application.ColorScheme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/**
 * Which theme the windows have: the one that was chosen, or the system's. Every change is applied
 * at once. FX thread only.
 */
public final class Appearance {

    /** What the user may choose. */
    public enum Choice {
        SYSTEM,
        DARK,
        LIGHT
    }

    private final ObjectProperty<Choice> choice;
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ObservableValue<ColorScheme> system;

    /**
     * @param choice what applies first
     * @param system the system's scheme, as of {@code Platform.getPreferences()}
     */
    public Appearance(Choice choice, ObservableValue<ColorScheme> system) {
        this.system = system;
        this.choice = new SimpleObjectProperty<>(this, "choice", choice);
        this.theme = new ReadOnlyObjectWrapper<>(this, "theme", resolved());
        this.choice.subscribe(this::update);
        system.subscribe(this::update);
        theme.get().apply();
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** Changes to the theme that is not shown now. */
    public void toggle() {
        choice.set(theme.get() == Theme.DARK ? Choice.LIGHT : Choice.DARK);
    }

    private void update() {
        Theme wanted = resolved();
        if (wanted != theme.get()) {
            theme.set(wanted);
            wanted.apply();
        }
    }

    private Theme resolved() {
        return switch (choice.get()) {
            case DARK -> Theme.DARK;
            case LIGHT -> Theme.LIGHT;
            case SYSTEM -> Theme.of(system.getValue());
        };
    }
}
