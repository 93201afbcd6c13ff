package io.batchmesh.json;

/**
 * Bounds of a number, both inclusive.
 *
 * @param least the least value allowed
 * @param most the greatest value allowed
 */
public record Range(double least, double most) {
    public static Range of(double least, double most) {
        return new Range(least, most);
    }

    /** Zero and up. */
    public static Range notNegative() {
        return new Range(0, Integer.MAX_VALUE);
    }

    /** One and up. */
    public static Range positive() {
        return new Range(1, Integer.MAX_VALUE);
    }

    /** Says what is allowed. */
    public String describe() {
        return most >= Integer.MAX_VALUE
                ? "at least " + plain(least)
                : "from " + plain(least) + " to " + plain(most);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
