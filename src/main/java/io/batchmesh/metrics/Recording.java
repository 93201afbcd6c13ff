package io.batchmesh.metrics;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A history in a file: {@code BMESHREC}, a version, the marks, both tiers with their columns as
 * they are packed in memory, and a CRC-32 of all of it.
 */
public final class Recording {
    /** What this writes; it reads those before as well, in which nothing is said of latencies. */
    public static final int VERSION = 2;

    /** More is not read. */
    public static final int MAX_BYTES = 512 << 20;

    private static final byte[] MAGIC = "BMESHREC".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + Integer.BYTES;

    private Recording() {}

    /** What opening one comes to. */
    public sealed interface Result {
        /** The history; its latest snapshot is not part of a recording. */
        record Opened(SnapshotHistory history) implements Result {}

        /** Why it cannot be opened, in one line. */
        record Refused(String reason) implements Result {}
    }

    /**
     * What of a history is written; it does not change any more.
     *
     * @param marks oldest first
     * @param recent the quarter of an hour
     * @param day the day
     * @param heat latencies by link
     */
    public record Taken(
            List<Mark> marks,
            PackedTier.State recent,
            PackedTier.State day,
            Map<String, List<List<PackedHeat.State>>> heat) {}

    /** Takes a history as it is now, to be written by another thread. */
    public static Taken take(SnapshotHistory history) {
        synchronized (history) {
            return new Taken(
                    history.marks(),
                    history.recent().state(),
                    history.dayTier().state(),
                    history.heat().state());
        }
    }

    /** Writes a history as it is now. The stream stays open. */
    public static void save(SnapshotHistory history, OutputStream out) throws IOException {
        save(take(history), out);
    }

    /** Writes what was taken of a history. The stream stays open. */
    public static void save(Taken taken, OutputStream out) throws IOException {
        var sum = new CRC32();
        var checked = new DataOutputStream(new CheckedOutputStream(out, sum));
        checked.write(MAGIC);
        checked.writeInt(VERSION);
        checked.writeInt(LinkMeasure.count());
        var marks = taken.marks();
        checked.writeInt(marks.size());
        for (var mark : marks) {
            write(checked, mark.at().toString());
            write(checked, mark.label());
        }
        write(checked, taken.recent());
        write(checked, taken.day());
        RecordedHeat.write(checked, taken.heat());
        checked.flush();
        new DataOutputStream(out).writeLong(sum.getValue());
        out.flush();
    }

    /** Opens what was saved. */
    public static Result open(byte[] file) {
        if (file.length > MAX_BYTES) {
            return new Result.Refused("the recording is longer than " + MAX_BYTES + " bytes");
        }
        if (file.length < HEAD || !startsWith(file, MAGIC)) {
            return new Result.Refused("this is no recording of Batchmesh");
        }
        var in = new DataInputStream(new ByteArrayInputStream(file));
        try {
            in.skipNBytes(MAGIC.length);
            var version = in.readInt();
            if (version < 1 || version > VERSION) {
                return new Result.Refused(
                        "the recording has format "
                                + version
                                + "; this version opens up to "
                                + VERSION);
            }
            var damage = damage(file);
            return damage.isEmpty()
                    ? new Result.Opened(read(in, file.length, version))
                    : new Result.Refused(damage);
        } catch (IOException | IndexOutOfBoundsException | DateTimeException e) {
            return new Result.Refused("the recording is damaged: " + e.getMessage());
        }
    }

    private static String damage(byte[] file) throws IOException {
        var end = file.length - Long.BYTES;
        if (end < HEAD) {
            return "the recording is cut short";
        }
        var sum = new CRC32();
        sum.update(file, 0, end);
        var written =
                new DataInputStream(new ByteArrayInputStream(file, end, Long.BYTES)).readLong();
        return written == sum.getValue()
                ? ""
                : "the recording is damaged or cut short: its checksum is wrong";
    }

    private static SnapshotHistory read(DataInputStream in, int length, int version)
            throws IOException {
        var measures = in.readInt();
        if (measures != LinkMeasure.count()) {
            throw new IOException("it knows " + measures + " numbers of a link");
        }
        var history = new SnapshotHistory();
        for (var left = count(in, length); left > 0; left--) {
            var at = Instant.parse(text(in, length));
            history.mark(new Mark(at, text(in, length)));
        }
        restore(history.recent(), state(in, length), false);
        restore(history.dayTier(), state(in, length), true);
        if (version > 1) {
            RecordedHeat.read(in, length, history.heat());
        }
        return history;
    }

    private static void restore(PackedTier tier, PackedTier.State state, boolean ofDay) {
        var counts = new HashMap<String, Integer>();
        state.columns()
                .forEach(column ->
                        counts.put(column.group(), SnapshotHistory.numbers(column.group(), ofDay)));
        tier.restore(state, counts);
    }

    private static void write(DataOutputStream out, PackedTier.State state) throws IOException {
        out.writeInt(state.millis().size());
        for (var millis : state.millis()) {
            out.writeLong(millis);
        }
        out.writeInt(state.columns().size());
        for (var column : state.columns()) {
            write(out, column.group());
            out.writeShort(column.index());
            out.writeInt(column.chunks().size());
            for (var chunk : column.chunks()) {
                out.writeInt(chunk.length);
                out.write(chunk);
            }
        }
    }

    private static PackedTier.State state(DataInputStream in, int length) throws IOException {
        var millis = new ArrayList<Long>();
        for (var left = count(in, length); left > 0; left--) {
            millis.add(in.readLong());
        }
        var columns = new ArrayList<PackedTier.State.Column>();
        for (var left = count(in, length); left > 0; left--) {
            var group = text(in, length);
            var index = in.readUnsignedShort();
            List<byte[]> chunks = new ArrayList<>();
            for (var chunk = count(in, length); chunk > 0; chunk--) {
                chunks.add(in.readNBytes(count(in, length)));
            }
            columns.add(new PackedTier.State.Column(group, index, chunks));
        }
        return new PackedTier.State(millis, columns);
    }

    static void write(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in, int length) throws IOException {
        return new String(in.readNBytes(count(in, length)), StandardCharsets.UTF_8);
    }

    /** A number of things that follow, each of which takes a byte at least. */
    static int count(DataInputStream in, int length) throws IOException {
        var count = in.readInt();
        if (count < 0 || count > length) {
            throw new IOException("a length of " + count + " cannot be");
        }
        return count;
    }

    private static boolean startsWith(byte[] file, byte[] magic) {
        for (var i = 0; i < magic.length; i++) {
            if (file[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
