package io.batchmesh.admin;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.JsonFile;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history of configs in a directory: {@code state.json} with an entry for each, and the
 * configs beside it, named by their versions. A config is written before the state that names it,
 * so a crash at any moment leaves the state of before or after. Not safe for use by several threads
 * or by two proxies at once.
 */
final class ConfigArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigArchive.class);
    private static final String FORMAT = "batchmesh-proxy-state/v1";
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;

    ConfigArchive(Path directory) {
        this.directory = directory;
    }

    private Path state() {
        return directory.resolve("state.json");
    }

    private Path config(String version) {
        return directory.resolve(version + ".json");
    }

    /** What is kept; empty when nothing is, or when it cannot be read, which is logged. */
    ConfigHistory load() {
        try {
            var parsed = JsonFile.read(state());
            if (parsed instanceof Parsed.Ok ok) {
                return load(ok.document());
            }
            LOG.warn("{} is damaged; the configs kept there are not used", state());
        } catch (NoSuchFileException e) {
            return ConfigHistory.EMPTY;
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", state(), e.toString());
        }
        return ConfigHistory.EMPTY;
    }

    private ConfigHistory load(JsonDocument document) throws IOException {
        var faults = new Faults(document);
        var entries = document.read(faults, ConfigArchive::entries);
        if (!faults.isEmpty()) {
            LOG.warn("{}: {}", state(), faults.list().getFirst().describe());
            return ConfigHistory.EMPTY;
        }
        var kept = new ArrayList<HistoryEntry>();
        for (var entry : entries) {
            var full = load(entry);
            if (full != null) {
                kept.add(full);
            }
        }
        // Nobody confirmed it while the proxy was down.
        return new ConfigHistory(kept, null).resolved(HistoryEntry.State.REVERTED);
    }

    private record Line(String version, PushStamp stamp, HistoryEntry.State state) {}

    private static List<Line> entries(ObjectReader o) {
        if (!o.string("format").equals(FORMAT)) {
            o.fault("format", "this is no state of a proxy", "expected " + FORMAT);
        }
        return o.objects("history", ConfigArchive::line);
    }

    private static Line line(ObjectReader o) {
        var version = o.string("version");
        if (!VERSION.matcher(version).matches()) {
            o.fault("version", "this is no version", "64 hexadecimal digits");
        }
        var stamp =
                new PushStamp(
                        time(o),
                        o.optionalString("push"),
                        o.optionalString("author"),
                        o.optionalString("identity"),
                        o.optionalString("revision"));
        var state = o.choice("state", HistoryEntry.State.CHOICE, HistoryEntry.State.CONFIRMED);
        return new Line(version, stamp, state);
    }

    private static Instant time(ObjectReader o) {
        try {
            return Instant.parse(o.string("time"));
        } catch (DateTimeParseException e) {
            o.fault("time", "this is no time", "such as 2026-01-31T12:00:00Z");
            return Instant.EPOCH;
        }
    }

    private @Nullable HistoryEntry load(Line line) throws IOException {
        var file = config(line.version());
        if (!Files.exists(file)) {
            return null;
        }
        var config = ConfigJson.read(Files.readAllBytes(file));
        if (config instanceof ConfigResult.Valid valid
                && valid.version().hash().equals(line.version())) {
            return new HistoryEntry(valid.config(), valid.version(), line.stamp(), line.state());
        }
        LOG.warn("{} does not hold the config that its name says; it is not used", file);
        return null;
    }

    /**
     * Keeps a history.
     *
     * @throws IOException when it cannot be kept; what was kept before still is
     */
    void save(ConfigHistory history) throws IOException {
        Files.createDirectories(directory);
        for (var entry : history.entries()) {
            var file = config(entry.version().hash());
            if (!Files.exists(file)) {
                JsonFile.save(file, ConfigJson.write(entry.config()));
            }
        }
        JsonFile.save(
                state(),
                ObjectWriter.object(o ->
                        o.put("format", FORMAT)
                                .putArray("history", history.entries(), HistoryEntry::describe)));
        removeOthers(history);
    }

    /** Forgets all that is kept. */
    void clear() throws IOException {
        Files.deleteIfExists(state());
        if (Files.isDirectory(directory)) {
            removeOthers(ConfigHistory.EMPTY);
        }
    }

    private void removeOthers(ConfigHistory history) {
        var named = new HashSet<ConfigVersion>();
        history.entries().forEach(e -> named.add(e.version()));
        try (var files = Files.newDirectoryStream(directory, "*.json")) {
            for (var file : files) {
                var name = Objects.toString(file.getFileName()).replace(".json", "");
                if (VERSION.matcher(name).matches() && !named.contains(new ConfigVersion(name))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // What is kept is whole; only something that nobody names stays behind.
            LOG.warn("Old configs stay in {}: {}", directory, e.toString());
        }
    }
}
