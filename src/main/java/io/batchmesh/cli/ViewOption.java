package io.batchmesh.cli;

import io.batchmesh.store.ViewBookmark;
import io.batchmesh.store.ViewText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code --view} means: a bookmark itself, or a file of one. */
final class ViewOption {
    private ViewOption() {}

    static @Nullable ViewBookmark read(@Nullable String given) {
        if (given == null) {
            return null;
        }
        return switch (ViewText.read(ViewText.isLink(given) ? given : text(given))) {
            case ViewText.Result.Read(var read) -> read;
            case ViewText.Result.Refused(var reason) ->
                    throw new CommandFailure(ExitCode.INVALID, "--view: " + Plain.text(reason));
        };
    }

    private static String text(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            return new String(in.readNBytes(ViewText.MOST_CHARS + 1), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "--view: cannot read " + Plain.text(file) + "; give a file or a bookmark");
        }
    }
}
