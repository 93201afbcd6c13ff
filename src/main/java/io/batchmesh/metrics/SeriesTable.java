package io.batchmesh.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The series of one target, numbered as they appear. A series is known by the bytes of its name and
 * labels as the target writes them, so that a known one is neither taken apart nor allocated again;
 * and since targets keep their order, each is first looked for behind the one it followed last
 * time. For one thread at a time.
 */
public final class SeriesTable {
    /** The id before the first line; it is no series. */
    static final int NONE = 0;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = new SplittableRandom().nextLong();
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** More steps than this are no accident at half load: somebody makes hashes collide. */
    private static final int MAX_PROBES = 1_000;

    private final ExpositionLimits limits;
    private final List<@Nullable SeriesName> names = new ArrayList<>();
    private final Map<String, MetricType> types = new HashMap<>();
    private byte[] spans = new byte[4096];
    private int spansEnd;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private long[] hashes = new long[64];
    private int[] followers = new int[64];
    private int[] slots = new int[128];

    /** An empty one. */
    public SeriesTable(ExpositionLimits limits) {
        this.limits = limits;
        names.add(null);
    }

    /** Ids go from 0 up to this, exclusive; those of lines that are no series have no name. */
    public int size() {
        return names.size();
    }

    /** The series with an id, {@code null} when the id is not one of a series. */
    public @Nullable SeriesName name(int id) {
        return names.get(id);
    }

    /** The type that a family was last said to have. */
    public MetricType type(String family) {
        return types.getOrDefault(family, MetricType.UNTYPED);
    }

    ExpositionLimits limits() {
        return limits;
    }

    /**
     * The line that followed this one last time, when the same bytes stand here again.
     *
     * @return its id, {@link #NONE} when something else stands here
     */
    int follower(int previous, byte[] text, int from, int end) {
        var id = followers[previous];
        var start = starts[id];
        var stop = from + ends[id] - start;
        if (id == NONE
                || stop > end
                || !Arrays.equals(text, from, stop, spans, start, ends[id])
                || !endsAt(stop, text, end, names.get(id))) {
            return NONE;
        }
        return id;
    }

    /** Length of the bytes of a line: name and labels, or all of a metadata line. */
    int length(int id) {
        return ends[id] - starts[id];
    }

    /** Whether the line is a series. */
    boolean isSeries(int id) {
        return names.get(id) != null;
    }

    /** Remembers which line came behind which. */
    void follows(int previous, int id) {
        followers[previous] = id;
    }

    /** The id of these bytes, {@link #NONE} when they are new. */
    int find(byte[] text, int from, int to) throws BadLine {
        var hash = hash(text, from, to);
        var mask = slots.length - 1;
        for (var probe = 0; probe < MAX_PROBES; probe++) {
            var id = slots[((int) hash + probe) & mask];
            if (id == NONE) {
                return NONE;
            }
            if (hashes[id] == hash && Arrays.equals(text, from, to, spans, starts[id], ends[id])) {
                return id;
            }
        }
        throw new BadLine(from, "too many series have the same hash");
    }

    /** Adds a series that {@link #find} did not find. */
    int add(byte[] text, int from, int to, SeriesName name) throws BadLine {
        return add(text, from, to, name, hash(text, from, to));
    }

    /** Adds a metadata line that {@link #find} did not find. */
    int add(byte[] text, int from, int to, MetadataLine line) throws BadLine {
        if (line.kind() == MetadataLine.Kind.TYPE) {
            types.put(line.family(), MetricType.of(line.text()).orElse(MetricType.UNTYPED));
        }
        return add(text, from, to, null, hash(text, from, to));
    }

    private int add(byte[] text, int from, int to, @Nullable SeriesName name, long hash)
            throws BadLine {
        var id = names.size();
        if (id > 2L * limits.maxSamples() || spansEnd > limits.maxBytes()) {
            throw new BadLine(from, "more than " + limits.maxSamples() + " series");
        }
        if (id == starts.length) {
            grow();
        }
        var length = to - from;
        if (spansEnd + length > spans.length) {
            spans = Arrays.copyOf(spans, Math.max(spans.length * 2, spansEnd + length));
        }
        System.arraycopy(text, from, spans, spansEnd, length);
        starts[id] = spansEnd;
        spansEnd += length;
        ends[id] = spansEnd;
        hashes[id] = hash;
        names.add(name);
        insert(id);
        return id;
    }

    private void grow() {
        var capacity = starts.length * 2;
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        followers = Arrays.copyOf(followers, capacity);
        slots = new int[capacity * 2];
        for (var id = 1; id < names.size(); id++) {
            insert(id);
        }
    }

    private void insert(int id) {
        var mask = slots.length - 1;
        var slot = (int) hashes[id] & mask;
        while (slots[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = id;
    }

    /** Whether a known line that matches up to here really ends here. */
    private static boolean endsAt(int at, byte[] text, int end, @Nullable SeriesName name) {
        if (name == null) {
            var feed = at < end && text[at] == '\r' ? at + 1 : at;
            return feed >= end || text[feed] == '\n';
        }
        if (at >= end || (text[at] != ' ' && text[at] != '\t')) {
            return false;
        }
        if (text[at - 1] == '}') {
            return true;
        }
        var next = at;
        while (next < end && (text[next] == ' ' || text[next] == '\t')) {
            next++;
        }
        return next >= end || text[next] != '{';
    }

    /** Eight bytes at a time; the multiplication is mixed down so that all bits count. */
    private static long hash(byte[] text, int from, int to) {
        var hash = SEED ^ (to - from);
        var i = from;
        for (; i + 8 <= to; i += 8) {
            hash = mix(hash ^ (long) WORDS.get(text, i));
        }
        long tail = 0;
        for (; i < to; i++) {
            tail = tail << 8 | (text[i] & 0xff);
        }
        return mix(hash ^ tail);
    }

    private static long mix(long hash) {
        var product = hash * MULTIPLIER;
        return product ^ product >>> 29;
    }
}
