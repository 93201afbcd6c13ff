package io.batchmesh.ui.shell;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.stage.FileChooser;

/** Asks the user for a file. */
interface FilePicks {
    /** Which file to write; nothing happens when none is chosen. */
    void toWrite(Kind kind, String name, Consumer<Path> then);

    /** Which file to read; nothing happens when none is chosen. */
    void toRead(Kind kind, Consumer<Path> then);

    /**
     * A kind of file.
     *
     * @param title of the window that asks
     * @param words what the files are called
     * @param ending without the dot
     */
    record Kind(String title, String words, String ending) {}

    /** Never chooses any. */
    FilePicks NONE =
            new FilePicks() {
                @Override
                public void toWrite(Kind kind, String name, Consumer<Path> then) {
                    // None is chosen.
                }

                @Override
                public void toRead(Kind kind, Consumer<Path> then) {
                    // None is chosen.
                }
            };

    /** Asks with the system's own window. */
    static FilePicks of(Scene scene) {
        return new FilePicks() {
            @Override
            public void toWrite(Kind kind, String name, Consumer<Path> then) {
                var chooser = chooser(kind);
                chooser.setInitialFileName(name);
                var file = chooser.showSaveDialog(scene.getWindow());
                if (file != null) {
                    then.accept(file.toPath());
                }
            }

            @Override
            public void toRead(Kind kind, Consumer<Path> then) {
                var file = chooser(kind).showOpenDialog(scene.getWindow());
                if (file != null) {
                    then.accept(file.toPath());
                }
            }
        };
    }

    private static FileChooser chooser(Kind kind) {
        var chooser = new FileChooser();
        chooser.setTitle(kind.title());
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(kind.words(), "*." + kind.ending()));
        return chooser;
    }
}
