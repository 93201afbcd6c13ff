package io.batchmesh.target;

import io.batchmesh.json.JsonFile;
import io.batchmesh.json.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local meshes that run on this machine: a file each in the user's runtime directory, written
 * when the mesh runs and removed when it ends. Files of processes that are gone are removed by
 * whoever sees them. Safe for use by several threads and processes.
 */
public final class LocalMeshes {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMeshes.class);
    private static final String PATTERN = "mesh-*.json";

    private final Path directory;
    private final LongPredicate alive;

    /**
     * @param directory {@link UserDirectories#runtime}; need not exist yet
     * @param alive whether a process of that id runs
     */
    public LocalMeshes(Path directory, LongPredicate alive) {
        this.directory = directory;
        this.alive = alive;
    }

    /** The meshes in a directory, asking the operating system which processes run. */
    public static LocalMeshes in(Path directory) {
        return new LocalMeshes(
                directory, pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    /** A registration, which closing takes back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Makes a running mesh known.
     *
     * @throws IOException when the runtime directory cannot be written
     */
    public Registration register(LocalMesh mesh) throws IOException {
        UserDirectories.ensure(directory);
        var file = directory.resolve("mesh-" + mesh.pid() + "-" + UUID.randomUUID() + ".json");
        JsonFile.save(file, LocalMeshJson.write(mesh));
        return () -> remove(file);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The registration {} stays behind: {}", file, e.toString());
        }
    }

    /**
     * The meshes that run, by name and process. Files that cannot be read are left out and logged.
     *
     * @throws UncheckedIOException when the directory is there and cannot be listed
     */
    public List<LocalMesh> list() {
        var meshes = new ArrayList<LocalMesh>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PATTERN)) {
            for (var file : files) {
                var mesh = read(file);
                if (mesh != null) {
                    meshes.add(mesh);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        meshes.sort(Comparator.comparing(LocalMesh::name).thenComparingLong(LocalMesh::pid));
        return List.copyOf(meshes);
    }

    private @Nullable LocalMesh read(Path file) {
        try {
            if (JsonFile.read(file) instanceof Parsed.Ok ok
                    && LocalMeshJson.read(ok.document()) instanceof LocalMeshJson.Result.Read r) {
                return livingOrRemoved(file, r.mesh());
            }
            LOG.warn("{} is no registration of a mesh; remove it", file);
        } catch (NoSuchFileException e) {
            // The mesh ended while we looked.
            return null;
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        return null;
    }

    private @Nullable LocalMesh livingOrRemoved(Path file, LocalMesh mesh) {
        if (alive.test(mesh.pid())) {
            return mesh;
        }
        remove(file);
        return null;
    }

    /**
     * The mesh that is meant: the only one that runs, or the one of a name or process id.
     *
     * @param name what stands behind {@code local:}, or null for the only one
     */
    public TargetLookup find(@Nullable String name) {
        var all = list();
        var fit = name == null ? all : all.stream().filter(m -> m.called(name)).toList();
        if (fit.size() == 1) {
            return new TargetLookup.Found(fit.getFirst().environment());
        }
        var known = String.join(", ", all.stream().map(LocalMesh::describe).toList());
        if (fit.size() > 1) {
            var example = name == null ? fit.getFirst().name() : "" + fit.getFirst().pid();
            return new TargetLookup.Ambiguous(
                    "several local meshes run: %s; say which, such as --target local:%s"
                            .formatted(known, example));
        }
        var rest = all.isEmpty() ? "none runs" : "these run: " + known;
        return new TargetLookup.NotRunning(
                name == null
                        ? "no local mesh runs on this machine; start one with 'batchmesh mesh FILE'"
                        : "no local mesh is called '%s'; %s".formatted(name, rest));
    }
}
