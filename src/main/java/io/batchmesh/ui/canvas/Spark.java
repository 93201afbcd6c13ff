package io.batchmesh.ui.canvas;

import java.util.Arrays;

/** The last rates of a service, oldest first; {@code NaN} is a gap. Immutable. */
public final class Spark {
    /** Nothing to draw. */
    public static final Spark NONE = new Spark();

    private final float[] values;

    /** The values are copied. */
    public Spark(float... values) {
        this.values = values.clone();
    }

    public int size() {
        return values.length;
    }

    public float value(int i) {
        return values[i];
    }

    /** The greatest value, 0 where there is none. */
    public float max() {
        var max = 0f;
        for (var value : values) {
            max = value > max ? value : max;
        }
        return max;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spark spark && Arrays.equals(values, spark.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
