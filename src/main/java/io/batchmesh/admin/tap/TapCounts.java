package io.batchmesh.admin.tap;

/**
 * What became of the requests since a tap was opened.
 *
 * @param matched those that the filter takes, of the share that is looked at
 * @param limited those of them that are not shown, since there were too many in a second
 * @param dropped those that are not shown, since the reader was too slow
 */
public record TapCounts(long matched, long limited, long dropped) {
    /** None. */
    public static final TapCounts NONE = new TapCounts(0, 0, 0);

    /** Those of both. */
    public TapCounts plus(TapCounts other) {
        return new TapCounts(
                matched + other.matched, limited + other.limited, dropped + other.dropped);
    }
}
