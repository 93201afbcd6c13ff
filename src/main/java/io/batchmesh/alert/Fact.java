package io.batchmesh.alert;

/**
 * What was read of a thing for a rule.
 *
 * @param value the number in its base unit, or how many times too fast the budget burns; {@code
 *     NaN} where it is not known
 * @param holds whether it is beyond the limit
 * @param burn the windows over which a budget burns, {@link BurnWindows#NONE} for a threshold
 */
public record Fact(double value, boolean holds, BurnWindows burn) {
    /** Nothing is known. */
    public static final Fact UNKNOWN = new Fact(Double.NaN, false, BurnWindows.NONE);

    /** Whether anything is known. */
    public boolean known() {
        return !Double.isNaN(value);
    }
}
