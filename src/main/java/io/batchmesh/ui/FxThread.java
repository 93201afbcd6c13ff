package io.batchmesh.ui;

import javafx.application.Platform;

/** The one thread that owns the document and everything drawn. */
public final class FxThread {
    private FxThread() {}

    /** Runs the task on the FX thread: at once when called from it, else as soon as it is free. */
    public static void run(Runnable task) {
        if (Platform.isFxApplicationThread()) {
            task.run();
        } else {
            Platform.runLater(task);
        }
    }

    /** Runs the task on the FX thread, after what is going on there. */
    public static void later(Runnable task) {
        Platform.runLater(task);
    }
}
