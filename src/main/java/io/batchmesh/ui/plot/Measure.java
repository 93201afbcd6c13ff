package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Formats;

/** What the values of a curve are, always in base units, and how they are worded. */
public enum Measure {
    /** Seconds. */
    LATENCY,
    /** Events per second. */
    RATE,
    /** A number of things. */
    COUNT,
    /** Bytes. */
    BYTES,
    /** Bytes per second. */
    BYTE_RATE,
    /** A share of one, of which all is shown. */
    SHARE,
    /** A share of one that is mostly small, such as that of errors. */
    SMALL_SHARE,
    /** Processor cores. */
    CORES;

    /** The value with its unit; a dash for {@code NaN}. */
    public String worded(double value) {
        return switch (this) {
            case LATENCY -> Formats.latency(value);
            case RATE -> Formats.rate(value);
            case COUNT -> Formats.number(value);
            case BYTES -> Formats.bytes(value);
            case BYTE_RATE -> Double.isNaN(value) ? Formats.UNKNOWN : Formats.bytes(value) + "/s";
            case SHARE, SMALL_SHARE -> Formats.share(value);
            case CORES -> Formats.number(value) + (Double.isNaN(value) ? "" : " cores");
        };
    }

    /** The unit of the values themselves, empty for numbers of things. */
    public String baseUnit() {
        return switch (this) {
            case LATENCY -> "s";
            case RATE -> "1/s";
            case COUNT -> "";
            case BYTES -> "bytes";
            case BYTE_RATE -> "bytes/s";
            case SHARE, SMALL_SHARE -> "of 1";
            case CORES -> "cores";
        };
    }

    /** The unit for an axis that reaches up to this value. */
    AxisUnit axisUnit(double top) {
        return switch (this) {
            case LATENCY ->
                    top < 1e-3
                            ? new AxisUnit("µs", 1e-6)
                            : top < 1 ? new AxisUnit("ms", 1e-3) : new AxisUnit("s", 1);
            case RATE -> new AxisUnit("per second", 1);
            case COUNT -> new AxisUnit("", 1);
            case BYTES -> byteUnit(top, "");
            case BYTE_RATE -> byteUnit(top, "/s");
            case SHARE, SMALL_SHARE -> new AxisUnit("%", 0.01);
            case CORES -> new AxisUnit("cores", 1);
        };
    }

    private static AxisUnit byteUnit(double top, String per) {
        String[] names = {"B", "KiB", "MiB", "GiB", "TiB"};
        int power = 0;
        double factor = 1;
        while (power < names.length - 1 && top >= 1024 * factor) {
            factor *= 1024;
            power++;
        }
        return new AxisUnit(names[power] + per, factor);
    }

    /**
     * The unit of an axis.
     *
     * @param name as people write it
     * @param factor how much one of it is in base units
     */
    record AxisUnit(String name, double factor) {}
}
