package io.batchmesh.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many numbers at common moments, the last of them, packed. Numbers belong to groups: those of one
 * link, one service, one proxy. For one thread at a time.
 */
final class PackedTier {
    private final int capacity;
    private final int chunk;
    private final int dropped;
    private final Map<String, Group> groups = new HashMap<>();
    private long[] millis;
    private int size;
    private long turn;
    private long drops;

    /**
     * An empty one.
     *
     * @param capacity moments that it keeps at least
     * @param chunk moments that are packed, and forgotten, together
     * @param dropped bits of a float's fraction that are given up
     */
    PackedTier(int capacity, int chunk, int dropped) {
        this.capacity = capacity;
        this.chunk = Math.min(chunk, capacity);
        this.dropped = dropped;
        this.millis = new long[capacity + chunk];
    }

    /** The numbers of one thing. */
    final class Group {
        private final PackedColumn[] columns;
        private final double[] pending;
        private long written = turn;

        private Group(int count) {
            columns = new PackedColumn[count];
            for (var i = 0; i < count; i++) {
                columns[i] = new PackedColumn(chunk, dropped);
            }
            pending = new double[count];
            Arrays.fill(pending, Double.NaN);
        }

        /** Sets a number of the moment that is to come. */
        void set(int index, double value) {
            pending[index] = value;
            written = turn;
        }

        private void commit() {
            for (var i = 0; i < columns.length; i++) {
                columns[i].add(pending[i]);
                pending[i] = Double.NaN;
            }
        }
    }

    @Nullable Group group(String name) {
        return groups.get(name);
    }

    /** The group of this name; a new one has gaps at all moments before. */
    Group open(String name, int count) {
        return groups.computeIfAbsent(
                name,
                key -> {
                    var group = new Group(count);
                    for (var i = 0; i < size; i++) {
                        group.commit();
                    }
                    return group;
                });
    }

    /** A new group whose numbers at the last moment are these, with gaps before. */
    void openBefore(String name, double[] last) {
        var group = new Group(last.length);
        for (var i = 1; i < size; i++) {
            group.commit();
        }
        System.arraycopy(last, 0, group.pending, 0, last.length);
        group.commit();
        groups.put(name, group);
    }

    void remove(String name) {
        groups.remove(name);
    }

    int groups() {
        return groups.size();
    }

    /** Ends a moment: what was set counts, what was not is a gap. */
    void commit(long at) {
        if (size == millis.length) {
            System.arraycopy(millis, chunk, millis, 0, size - chunk);
            size -= chunk;
            drops++;
            for (var group : groups.values()) {
                for (var column : group.columns) {
                    column.dropChunk();
                }
            }
        }
        millis[size++] = at;
        groups.values().forEach(Group::commit);
        turn++;
        groups.values().removeIf(group -> group.written + capacity < turn);
    }

    /** Moments kept, at most the capacity. */
    int size() {
        return Math.min(size, capacity);
    }

    /** A number over time; gaps only when there is no such group. */
    Series series(String name, int index) {
        var group = groups.get(name);
        var from = size - size();
        var times = Arrays.copyOfRange(millis, from, size);
        if (group == null) {
            var gaps = new double[times.length];
            Arrays.fill(gaps, Double.NaN);
            return new Series(times, gaps);
        }
        return new Series(times, Arrays.copyOfRange(group.columns[index].read(), from, size));
    }

    /** Names of the groups that begin so, without that beginning, sorted. */
    List<String> names(String beginning) {
        return groups.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .map(name -> name.substring(beginning.length()))
                .sorted()
                .toList();
    }

    /** The last moment that is not after a time, -1 when there is none. */
    int momentAt(long at) {
        var found = Arrays.binarySearch(millis, 0, size, at);
        return found >= 0 ? found : -found - 2;
    }

    long millis(int moment) {
        return millis[moment];
    }

    /** When the first moment is that is kept, {@link Long#MAX_VALUE} when there is none. */
    long firstMillis() {
        return size == 0 ? Long.MAX_VALUE : millis[size - size()];
    }

    /** When the last moment is, {@link Long#MIN_VALUE} when there is none. */
    long lastMillis() {
        return size == 0 ? Long.MIN_VALUE : millis[size - 1];
    }

    /**
     * All numbers of a group at a moment; none when there is no such group.
     *
     * @param cursors where reading stands, of all groups
     */
    double[] at(String name, int moment, Cursors cursors) {
        var group = groups.get(name);
        if (group == null) {
            return new double[0];
        }
        var own = cursors.of(group, this);
        var numbers = new double[own.length];
        for (var i = 0; i < own.length; i++) {
            numbers[i] = group.columns[i].read(moment, own[i]);
        }
        return numbers;
    }

    /** Where reading moments, one after the other, stands. */
    static final class Cursors {
        private final Map<Group, PackedColumn.Cursor[]> byGroup = new HashMap<>();
        private long drops;

        private PackedColumn.Cursor[] of(Group group, PackedTier tier) {
            if (drops != tier.drops) {
                // The chunks have other numbers now.
                byGroup.clear();
                drops = tier.drops;
            }
            return byGroup.computeIfAbsent(
                    group,
                    g ->
                            Stream.generate(PackedColumn.Cursor::new)
                                    .limit(g.columns.length)
                                    .toArray(PackedColumn.Cursor[]::new));
        }
    }

    /** Bytes that it occupies, about. */
    long bytes() {
        var sum = 8L * millis.length;
        for (var group : groups.entrySet()) {
            sum += 200 + 2L * group.getKey().length() + 8L * group.getValue().pending.length;
            for (var column : group.getValue().columns) {
                sum += column.bytes();
            }
        }
        return sum;
    }

    /** All that is needed to make it again. */
    State state() {
        var columns = new ArrayList<State.Column>();
        new TreeMap<>(groups)
                .forEach((name, group) -> {
                    for (var i = 0; i < group.columns.length; i++) {
                        columns.add(new State.Column(name, i, group.columns[i].chunks()));
                    }
                });
        return new State(Arrays.stream(millis, 0, size).boxed().toList(), columns);
    }

    /**
     * Takes over what another one held.
     *
     * @param counts numbers in a group, by its name
     * @throws IndexOutOfBoundsException when the columns do not fit the moments
     */
    void restore(State state, Map<String, Integer> counts) {
        if (state.millis().size() > millis.length) {
            throw new IndexOutOfBoundsException("more than " + millis.length + " moments");
        }
        millis =
                Arrays.copyOf(
                        state.millis().stream().mapToLong(Long::longValue).toArray(),
                        millis.length);
        for (var column : state.columns()) {
            var count = counts.getOrDefault(column.group(), 0);
            var group = groups.computeIfAbsent(column.group(), key -> new Group(count));
            group.columns[column.index()].restore(column.chunks(), state.millis().size());
        }
        size = state.millis().size();
        for (var group : groups.values()) {
            for (var column : group.columns) {
                if (column.points() != size) {
                    throw new IndexOutOfBoundsException("a column is missing");
                }
            }
        }
    }

    /**
     * What a tier holds, to be written to a file.
     *
     * @param millis the moments
     * @param columns of all groups
     */
    record State(List<Long> millis, List<Column> columns) {
        /**
         * One number over time.
         *
         * @param group it belongs to
         * @param index within the group
         * @param chunks packed
         */
        record Column(String group, int index, List<byte[]> chunks) {}
    }
}
