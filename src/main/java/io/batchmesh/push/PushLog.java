package io.batchmesh.push;

import io.batchmesh.json.JsonText;
import io.batchmesh.push.PushLogJson.Line;
import io.batchmesh.target.UserDirectories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of the user's pushes: a file of JSON lines to which is only ever added, so that a
 * program that is killed knows afterwards what it sent to whom. Safe for use by several threads and
 * processes. When the file has grown to 16 MiB it becomes {@code pushes.old.jsonl}, in place of the
 * one of that name.
 */
public final class PushLog {
    private static final Logger LOG = LoggerFactory.getLogger(PushLog.class);
    private static final long MOST_BYTES = 16L << 20;
    // File locks are those of a process; its threads are kept apart by this.
    private static final Object IN_PROCESS = new Object();

    private final Path directory;

    /**
     * @param directory {@link UserDirectories#state}; need not exist yet
     */
    public PushLog(Path directory) {
        this.directory = directory;
    }

    private Path file() {
        return directory.resolve("pushes.jsonl");
    }

    private Path old() {
        return directory.resolve("pushes.old.jsonl");
    }

    /**
     * Writes down that a push begins, and gives it the next number.
     *
     * @param record makes the record for the push's name
     * @throws IOException when it cannot be written; the push must not begin then
     */
    PushRecord begin(Function<PushId, PushRecord> record) throws IOException {
        UserDirectories.ensure(directory);
        return locked(() -> {
            rotate();
            long number = 1;
            for (var earlier : read()) {
                number = Math.max(number, earlier.id().number() + 1);
            }
            var unique = UUID.randomUUID().toString().substring(0, 8);
            var begun = record.apply(new PushId(number, unique));
            append(new Line.Begin(begun), true);
            return begun;
        });
    }

    private interface Writing<T> {
        T run() throws IOException;
    }

    /** Keeps other writers away, of this process and of others. */
    private <T> T locked(Writing<T> writing) throws IOException {
        synchronized (IN_PROCESS) {
            var lock = directory.resolve("pushes.lock");
            try (var channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                LOG.trace("holding {}", held);
                return writing.run();
            }
        }
    }

    private void rotate() throws IOException {
        if (Files.exists(file()) && Files.size(file()) > MOST_BYTES) {
            Files.move(file(), old(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes down what became known of a proxy; a failure to do so is logged. */
    void result(PushId id, ProxyPush proxy) {
        appendOrLog(new Line.Result(id, proxy), false);
    }

    /** Writes down that a push came to its end; a failure to do so is logged. */
    void end(PushId id) {
        appendOrLog(new Line.End(id), true);
    }

    private void appendOrLog(Line line, boolean force) {
        try {
            locked(() -> append(line, force));
        } catch (IOException e) {
            LOG.error("The record of pushes {} lacks a line: {}", file(), e.toString());
        }
    }

    /**
     * Adds a line.
     *
     * @param force whether it is seen through to the disk. Lines between begin and end are not:
     *     they survive the end of the program, and what a lost machine forgets, its proxies know.
     */
    private Line append(Line line, boolean force) throws IOException {
        try (var channel =
                FileChannel.open(
                        file(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long end = channel.size();
            // A program that was killed may have left half a line.
            var text = (end == 0 || endsLine(channel, end) ? "" : "\n") + text(line);
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (force) {
                channel.force(true);
            }
        }
        return line;
    }

    private static String text(Line line) {
        return JsonText.compact(PushLogJson.write(line)) + "\n";
    }

    private static boolean endsLine(FileChannel channel, long end) throws IOException {
        var last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0) == '\n';
    }

    /**
     * The pushes that are remembered, newest first.
     *
     * @throws IOException when the record is there and cannot be read
     */
    public List<PushRecord> records() throws IOException {
        return read().reversed();
    }

    /** The last push to a target that changed something, or null. */
    public @Nullable PushRecord last(String target) throws IOException {
        return records().stream()
                .filter(r -> r.target().equals(target))
                .filter(r -> r.proxies().stream().anyMatch(PushLog::touched))
                .findFirst()
                .orElse(null);
    }

    private static boolean touched(ProxyPush proxy) {
        return proxy.state() == ProxyPush.State.ACKED || proxy.state() == ProxyPush.State.UNKNOWN;
    }

    private List<PushRecord> read() throws IOException {
        var records = new LinkedHashMap<PushId, PushRecord>();
        read(old(), records);
        read(file(), records);
        return new ArrayList<>(records.values());
    }

    private static void read(Path file, Map<PushId, PushRecord> into) throws IOException {
        try (var lines = Files.newBufferedReader(file)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                fold(PushLogJson.read(text), into);
            }
        } catch (NoSuchFileException e) {
            LOG.trace("{} is not there yet", file);
        }
    }

    private static void fold(@Nullable Line line, Map<PushId, PushRecord> into) {
        switch (line) {
            case null -> LOG.debug("A line of the record of pushes is damaged");
            case Line.Begin(var push) -> into.put(push.id(), push);
            case Line.Result(var id, var proxy) ->
                    into.computeIfPresent(id, (i, record) -> record.with(proxy));
            case Line.End(var id) -> into.computeIfPresent(id, (i, record) -> record.ended());
        }
    }
}
