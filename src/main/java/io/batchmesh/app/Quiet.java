package io.batchmesh.app;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps messages off the terminal that say nothing to a user. */
final class Quiet {
    /** Held, since a logger that nobody holds loses its level. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private Quiet() {}

    /**
     * Starts JavaFX without its warning that it is on the class path: that is how this program is
     * packed, and it works.
     */
    static void startJavaFx(Runnable start) {
        var before = JAVAFX.getLevel();
        JAVAFX.setLevel(Level.SEVERE);
        try {
            start.run();
        } finally {
            JAVAFX.setLevel(before);
        }
    }
}
