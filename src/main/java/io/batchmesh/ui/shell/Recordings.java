package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Recording;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Workspace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executor;

/** Saves what was seen, and opens what was saved, off the FX thread. */
final class Recordings {
    private static final FilePicks.Kind SAVE =
            new FilePicks.Kind("Save a recording", "Recordings of Batchmesh", "bmrec");
    private static final FilePicks.Kind OPEN =
            new FilePicks.Kind("Open a recording", "Recordings of Batchmesh", "bmrec");

    private final Workspace workspace;
    private final TimeView time;
    private final Executor background;

    Recordings(Workspace workspace, TimeView time, Executor background) {
        this.workspace = workspace;
        this.time = time;
        this.background = background;
    }

    void askToSave(FilePicks picks) {
        picks.toWrite(SAVE, workspace.topology().name() + ".bmrec", this::save);
    }

    void askToOpen(FilePicks picks) {
        picks.toRead(OPEN, this::open);
    }

    /** Saves what was seen here: whole or not at all. */
    void save(Path file) {
        var taken = Recording.take(workspace.past());
        background.execute(() -> {
            var problem = write(taken, file);
            FxThread.run(() -> workspace.refuse(problem));
        });
    }

    private static String write(Recording.Taken taken, Path file) {
        var beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                Recording.save(taken, out);
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            return "";
        } catch (IOException e) {
            discard(beside);
            return "the recording was not saved in " + file + ": " + reason(e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What could not be written cannot always be deleted; the message names the place.
        }
    }

    /** Opens a recording, and shows its end. */
    void open(Path file) {
        background.execute(() -> {
            var result = read(file);
            FxThread.run(() -> {
                switch (result) {
                    case Recording.Result.Opened opened -> opened(opened, file);
                    case Recording.Result.Refused refused ->
                            workspace.refuse(
                                    file.getFileName() + " was not opened: " + refused.reason());
                }
            });
        });
    }

    private void opened(Recording.Result.Opened opened, Path file) {
        if (opened.history().lastMillis() == Long.MIN_VALUE) {
            workspace.refuse(file.getFileName() + " was not opened: it holds no moment");
            return;
        }
        workspace.refuse("");
        time.open(opened.history(), String.valueOf(file.getFileName()));
    }

    private static Recording.Result read(Path file) {
        try {
            if (Files.size(file) > Recording.MAX_BYTES) {
                return new Recording.Result.Refused(
                        "it is longer than " + (Recording.MAX_BYTES >> 20) + " MiB");
            }
            return Recording.open(Files.readAllBytes(file));
        } catch (IOException e) {
            return new Recording.Result.Refused("it cannot be read: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "")
                + (e.getMessage() == null ? "" : " " + e.getMessage());
    }
}
