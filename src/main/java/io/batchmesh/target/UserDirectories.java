package io.batchmesh.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps what belongs to the user, by the XDG Base Directory Specification.
 *
 * @param runtime for what ends with the programs that run now: {@code $XDG_RUNTIME_DIR/batchmesh},
 *     else a directory under {@code state}
 * @param state for what outlives them, such as the record of pushes: {@code
 *     $XDG_STATE_HOME/batchmesh}, else {@code ~/.local/state/batchmesh}, else a directory of the
 *     user under {@code java.io.tmpdir}
 */
public record UserDirectories(Path runtime, Path state) {
    /**
     * The directories as environment variables and system properties say. Nothing is made yet.
     *
     * @param variables the environment variables
     * @param home the user's home directory, or null where there is none
     * @param user the user's name, for a directory in {@code temporary}
     * @param temporary a directory for temporary files
     */
    public static UserDirectories of(
            Map<String, String> variables, @Nullable Path home, String user, Path temporary) {
        var state = state(variables, home);
        if (state == null) {
            state = temporary.resolve("batchmesh-" + user.replaceAll("[^A-Za-z0-9._-]", "_"));
        }
        var runtime = absolute(variables.get("XDG_RUNTIME_DIR"));
        boolean usable = runtime != null && Files.isDirectory(runtime) && Files.isWritable(runtime);
        return new UserDirectories(
                runtime != null && usable ? runtime.resolve("batchmesh") : state.resolve("run"),
                state);
    }

    private static @Nullable Path state(Map<String, String> variables, @Nullable Path home) {
        var set = absolute(variables.get("XDG_STATE_HOME"));
        if (set != null) {
            return set.resolve("batchmesh");
        }
        boolean usable = home != null && Files.isDirectory(home) && Files.isWritable(home);
        return home != null && usable ? home.resolve(".local/state/batchmesh") : null;
    }

    /** The specification says to ignore paths that are not absolute. */
    private static @Nullable Path absolute(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var path = Path.of(text);
        return path.isAbsolute() ? path : null;
    }

    /**
     * Makes a directory that only the user may enter, with the directories above it.
     *
     * @throws IOException when it cannot be made, or others could write to it
     */
    public static Path ensure(Path directory) throws IOException {
        Files.createDirectories(directory);
        var posix =
                Files.getFileAttributeView(
                        directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null) {
            // Fails for a directory of somebody else, who might have made it before us.
            posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
        return directory;
    }
}
