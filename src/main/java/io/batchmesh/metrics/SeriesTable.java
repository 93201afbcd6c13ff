package io.batchmesh.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
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

    private static final long UPPER = 0xffffffffL << 32;

    /** More steps than this are no accident at half load: somebody makes hashes collide. */
    private static final int MAX_PROBES = 1_000;

    private final ExpositionLimits limits;
    private final Map<String, MetricType> types = new HashMap<>();
    private int size = 1;

    /** The lines one behind the other, each with the byte that ends it: a blank or a line feed. */
    private byte[] spans = new byte[4096];

    /** Where the span of an id begins; that of the next id is where it ends. */
    private int[] starts = new int[64];

    private int[] followers = new int[64];
    private @Nullable Object[] meanings = new @Nullable Object[64];

    /** Open addressing: the upper half of the hash, and the id. */
    private long[] slots = new long[128];

    private final ExemplarShelf exemplars = new ExemplarShelf();

    /** An empty one. */
    public SeriesTable(ExpositionLimits limits) {
        this.limits = limits;
    }

    /** Ids go from 0 up to this, exclusive; those of lines that are no series have no name. */
    public int size() {
        return size;
    }

    /**
     * The series with an id, {@code null} when the id is not one of a series. Made anew of its
     * bytes each time: whoever wants it often keeps it, and those that nobody wants take no memory.
     */
    public @Nullable SeriesName name(int id) {
        if (id == NONE || !isSeries(id)) {
            return null;
        }
        try {
            var to = starts[id + 1] - 1;
            return SeriesReader.series(spans, starts[id], to, false, limits.maxLabels());
        } catch (BadLine e) {
            throw new IllegalStateException("a series that was read once is not readable", e);
        }
    }

    /** The type that a family was last said to have. */
    public MetricType type(String family) {
        return types.getOrDefault(family, MetricType.UNTYPED);
    }

    /** The last exemplars of its series. */
    public ExemplarShelf exemplars() {
        return exemplars;
    }

    ExpositionLimits limits() {
        return limits;
    }

    /** The metadata line with an id, {@code null} when the id is not one of metadata. */
    @Nullable MetadataLine metadata(int id) {
        return meanings[id] instanceof MetadataLine line ? line : null;
    }

    /**
     * The line that followed this one last time, when the same bytes stand here again, with the
     * byte that ends them.
     *
     * @return its id, {@link #NONE} when something else stands here
     */
    int follower(int previous, byte[] text, int from, int end) {
        var id = followers[previous];
        var start = starts[id];
        var stop = starts[id + 1];
        var length = stop - start;
        return from + length <= end && Arrays.equals(text, from, from + length, spans, start, stop)
                ? id
                : NONE;
    }

    /** Length of the bytes of a line, the one that ends them included. */
    int length(int id) {
        return starts[id + 1] - starts[id];
    }

    /** Whether the line is a series, told by the byte that ends it. */
    boolean isSeries(int id) {
        return spans[starts[id + 1] - 1] == ' ';
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
            var slot = slots[((int) hash + probe) & mask];
            if (slot == 0) {
                return NONE;
            }
            var id = (int) slot;
            if ((slot ^ hash) >>> 32 == 0
                    && Arrays.equals(text, from, to, spans, starts[id], starts[id + 1] - 1)) {
                return id;
            }
        }
        throw new BadLine(from, "too many series have the same hash");
    }

    /** Adds a series that {@link #find} did not find, and that {@link SeriesReader} could read. */
    int addSeries(byte[] text, int from, int to) throws BadLine {
        return add(text, from, to, null, (byte) ' ');
    }

    /** Adds a metadata line that {@link #find} did not find. */
    int add(byte[] text, int from, int to, MetadataLine line) throws BadLine {
        if (line.kind() == MetadataLine.Kind.TYPE) {
            types.put(line.family(), MetricType.of(line.text()).orElse(MetricType.UNTYPED));
        }
        return add(text, from, to, line, (byte) '\n');
    }

    private int add(byte[] text, int from, int to, @Nullable Object meaning, byte last)
            throws BadLine {
        var id = size;
        var start = starts[id];
        var length = to - from;
        if (id > 2L * limits.maxSamples() || start > limits.maxBytes()) {
            throw new BadLine(from, "more than " + limits.maxSamples() + " series");
        }
        if (id + 1 == meanings.length) {
            grow();
        }
        if (start + length + 1 > spans.length) {
            spans = Arrays.copyOf(spans, Math.max(spans.length * 2, start + length + 1));
        }
        System.arraycopy(text, from, spans, start, length);
        spans[start + length] = last;
        starts[id + 1] = start + length + 1;
        meanings[id] = meaning;
        size++;
        insert(id);
        return id;
    }

    private void grow() {
        var capacity = meanings.length * 2;
        starts = Arrays.copyOf(starts, capacity);
        followers = Arrays.copyOf(followers, capacity);
        meanings = Arrays.copyOf(meanings, capacity);
        slots = new long[capacity * 2];
        for (var id = 1; id < size; id++) {
            insert(id);
        }
    }

    private void insert(int id) {
        var hash = hash(spans, starts[id], starts[id + 1] - 1);
        var mask = slots.length - 1;
        var slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = (hash & UPPER) | id;
    }

    /** Sixteen bytes at a time, in two lanes that do not wait for one another. */
    private static long hash(byte[] text, int from, int to) {
        var even = SEED ^ (to - from);
        var odd = MULTIPLIER;
        var i = from;
        for (; i + 16 <= to; i += 16) {
            even = mix(even ^ (long) WORDS.get(text, i));
            odd = mix(odd ^ (long) WORDS.get(text, i + 8));
        }
        if (i + 8 <= to) {
            even = mix(even ^ (long) WORDS.get(text, i));
            i += 8;
        }
        long tail = 0;
        for (; i < to; i++) {
            tail = tail << 8 | (text[i] & 0xff);
        }
        return mix(mix(even ^ tail) ^ odd);
    }

    /** The product is mixed down so that all bits count. */
    private static long mix(long hash) {
        var product = hash * MULTIPLIER;
        return product ^ product >>> 29;
    }
}
