package io.batchmesh.ui;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** The one thread that owns the document and everything drawn. */
public final class FxThread {
    /** Runs tasks on the FX thread, at once where it is asked from that thread. */
    public static final Executor EXECUTOR = FxThread::run;

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
