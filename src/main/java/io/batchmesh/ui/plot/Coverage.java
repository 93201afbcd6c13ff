package io.batchmesh.ui.plot;

/**
 * How much of every pixel a stroke covers, 0 to 256. Where segments of one stroke meet, the greater
 * coverage counts, so that joints are not painted twice.
 */
final class Coverage {
    private final int width;
    private final int height;
    private final short[] covered;
    private int firstRow;
    private int lastRow;

    /* The axis along which a segment is walked, and the one across it. */
    private int alongSize;
    private int acrossSize;
    private int alongStride;
    private int acrossStride;

    Coverage(int width, int height) {
        this.width = width;
        this.height = height;
        this.covered = new short[width * height];
        emptied();
    }

    int firstRow() {
        return firstRow;
    }

    int lastRow() {
        return lastRow;
    }

    int take(int i) {
        int coverage = covered[i];
        covered[i] = 0;
        return coverage;
    }

    void emptied() {
        firstRow = height;
        lastRow = -1;
    }

    /** A segment with round ends, {@code 2 * half} wide. */
    void segment(double x0, double y0, double x1, double y1, double half) {
        firstRow = (int) Math.clamp(Math.floor(Math.min(y0, y1) - half - 1), 0, firstRow);
        lastRow = (int) Math.clamp(Math.ceil(Math.max(y0, y1) + half + 1), lastRow, height - 1.0);
        boolean steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
        alongSize = steep ? height : width;
        acrossSize = steep ? width : height;
        alongStride = steep ? width : 1;
        acrossStride = steep ? 1 : width;
        if (steep) {
            walk(y0, x0, y1, x1, half + 0.5);
        } else {
            walk(x0, y0, x1, y1, half + 0.5);
        }
    }

    /** Goes from a0 to a1, the longer way; b is across. Coverage ends at a distance of reach. */
    private void walk(double a0, double b0, double a1, double b1, double reach) {
        double slope = a1 == a0 ? 0 : (b1 - b0) / (a1 - a0);
        double cosine = 1 / Math.sqrt(1 + slope * slope);
        double spread = reach / cosine;
        double least = Math.min(a0, a1);
        double greatest = Math.max(a0, a1);
        double cap = reach * Math.abs(slope);
        int to = (int) Math.min(alongSize - 1.0, Math.floor(greatest + reach - 0.5));
        for (int a = (int) Math.max(0, Math.ceil(least - reach - 0.5)); a <= to; a++) {
            double at = a + 0.5;
            double b = b0 + slope * (Math.clamp(at, least, greatest) - a0);
            int first = (int) Math.max(0, Math.ceil(b - spread - 0.5));
            int last = (int) Math.min(acrossSize - 1.0, Math.floor(b + spread - 0.5));
            boolean inside = at >= least + cap && at <= greatest - cap;
            for (int across = first; across <= last; across++) {
                double distance =
                        inside
                                ? Math.abs(across + 0.5 - b) * cosine
                                : distance(at - a0, across + 0.5 - b0, a1 - a0, b1 - b0);
                touch(a * alongStride + across * acrossStride, reach - distance);
            }
        }
    }

    private void touch(int i, double coverage) {
        int value = Math.min(256, (int) (coverage * 256));
        if (value > covered[i]) {
            covered[i] = (short) value;
        }
    }

    /** From a point to a segment that leads from the origin. */
    private static double distance(double pa, double pb, double da, double db) {
        double length = da * da + db * db;
        double t = length == 0 ? 0 : Math.clamp((pa * da + pb * db) / length, 0, 1);
        double ea = pa - t * da;
        double eb = pb - t * db;
        return Math.sqrt(ea * ea + eb * eb);
    }
}
