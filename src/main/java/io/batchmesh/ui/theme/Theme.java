package io.batchmesh.ui.theme;

import java.net.URL;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.scene.Scene;

/** The two themes. Each is one user-agent style sheet below {@code styles/}. */
public enum Theme {
    DARK("/styles/dark.css"),
    LIGHT("/styles/light.css");

    private final String resource;

    Theme(String resource) {
        this.resource = resource;
    }

    static Theme of(ColorScheme scheme) {
        return scheme == ColorScheme.DARK ? DARK : LIGHT;
    }

    /** The address of the style sheet. */
    public String stylesheet() {
        URL url = Theme.class.getResource(resource);
        if (url == null) {
            throw new IllegalStateException("the jar lacks " + resource);
        }
        return url.toExternalForm();
    }

    /** Gives every window this theme. FX thread. */
    public void apply() {
        Application.setUserAgentStylesheet(stylesheet());
    }

    /** Reads the colours from the style sheet, whatever the windows have now. FX thread. */
    public Palette palette() {
        PaletteRegion region = new PaletteRegion();
        Scene scene = new Scene(region);
        scene.setUserAgentStylesheet(stylesheet());
        region.applyCss();
        return region.palette();
    }
}
