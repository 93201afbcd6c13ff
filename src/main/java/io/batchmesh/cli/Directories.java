package io.batchmesh.cli;

import io.batchmesh.target.UserDirectories;
import java.nio.file.Path;

/** The user's directories, by the environment of a command. */
final class Directories {
    private Directories() {}

    static UserDirectories of(CommandContext context) {
        var variables = context.console().environment();
        var home = variables.get("HOME");
        return UserDirectories.of(
                variables,
                home == null ? null : Path.of(home),
                variables.getOrDefault("USER", "user"),
                Path.of(variables.getOrDefault("TMPDIR", "/tmp")));
    }
}
