package io.batchmesh.store;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The journals of unsaved edits that programs left behind. Does I/O. */
public final class Journals {
    private static final int MOST = 100;

    private Journals() {}

    /**
     * Where journals are: {@code $XDG_STATE_HOME/batchmesh/autosave}, or {@code
     * ~/.local/state/batchmesh/autosave} (XDG Base Directory Specification 0.8).
     *
     * @param environment the environment variables
     * @param home the user's home directory
     */
    public static Path directory(Map<String, String> environment, Path home) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        // By the specification a relative path is invalid and to be ignored.
        var base =
                state.isEmpty() || !Path.of(state).isAbsolute()
                        ? home.resolve(".local").resolve("state")
                        : Path.of(state);
        return base.resolve("batchmesh").resolve("autosave");
    }

    /**
     * Looks for edits of a file that were never saved. Journals of programs that still run are left
     * alone; one that says what the file says is removed; otherwise nothing is changed.
     *
     * @param path the topology file, or null for topologies that were never saved
     */
    public static Recovery recover(Path directory, @Nullable Path path) {
        var found = new ArrayList<Recovered>();
        var problems = new ArrayList<String>();
        var file = path == null ? null : TopologyFile.load(path);
        for (var journal : journals(directory, path, problems)) {
            if (JournalLock.isHeld(journal)) {
                continue;
            }
            var read = read(journal, problems);
            if (read == null) {
                continue;
            }
            if (file instanceof LoadResult.Loaded(TopologyFile now)) {
                add(found, journal, read, now);
            } else {
                found.add(new Recovered(journal, read.time(), read.topology(), path != null));
            }
        }
        found.sort(Comparator.comparing(Recovered::time).reversed());
        return new Recovery(found, problems);
    }

    private static void add(
            List<Recovered> found, Path journal, JournalFile read, TopologyFile now) {
        Topology lost = read.topology();
        if (lost.equals(now.topology())) {
            delete(journal);
        } else {
            boolean changed = !now.hash().equals(read.base());
            found.add(new Recovered(journal, read.time(), lost, changed));
        }
    }

    private static List<Path> journals(Path directory, @Nullable Path path, List<String> problems) {
        var journals = new ArrayList<Path>();
        if (!Files.isDirectory(directory)) {
            return journals;
        }
        var pattern = JournalFile.key(path) + ".*.json";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            for (var file : files) {
                if (journals.size() < MOST) {
                    journals.add(file);
                }
            }
        } catch (IOException e) {
            problems.add(directory + " cannot be read: " + e.getMessage());
        }
        return journals;
    }

    private static @Nullable JournalFile read(Path journal, List<String> problems) {
        try {
            if (Files.size(journal) <= JsonDocument.MAX_BYTES) {
                var read = JournalFile.read(Files.readAllBytes(journal));
                if (read != null) {
                    return read;
                }
            }
            problems.add(journal + " holds unsaved edits that cannot be read; it is left there");
        } catch (IOException e) {
            problems.add(journal + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    /** Removes what was recovered: it is saved, or not wanted. */
    public static void discard(Recovered recovered) {
        delete(recovered.journal());
    }

    static void delete(Path journal) {
        try {
            Files.deleteIfExists(journal);
            Files.deleteIfExists(JournalLock.lockOf(journal));
        } catch (IOException e) {
            // It is offered again next time, which does no harm.
            return;
        }
    }
}
