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
        if (Math.abs(y1 - y0) > Math.abs(x1 - x0)) {
            steep(x0, y0, x1, y1, half);
        } else {
            flat(x0, y0, x1, y1, half);
        }
    }

    private void flat(double x0, double y0, double x1, double y1, double half) {
        double reach = half + 1;
        double slope = x1 == x0 ? 0 : (y1 - y0) / (x1 - x0);
        double spread = reach * Math.sqrt(1 + slope * slope);
        int from = (int) Math.max(0, Math.floor(Math.min(x0, x1) - reach));
        int to = (int) Math.min(width - 1.0, Math.ceil(Math.max(x0, x1) + reach));
        for (int x = from; x <= to; x++) {
            double along = Math.clamp(x + 0.5, Math.min(x0, x1), Math.max(x0, x1));
            double y = y0 + slope * (along - x0);
            int top = (int) Math.max(0, Math.floor(y - spread));
            int bottom = (int) Math.min(height - 1.0, Math.ceil(y + spread));
            for (int row = top; row <= bottom; row++) {
                touch(x, row, half + 0.5 - distance(x + 0.5, row + 0.5, x0, y0, x1, y1));
            }
        }
    }

    private void steep(double x0, double y0, double x1, double y1, double half) {
        double reach = half + 1;
        double slope = (x1 - x0) / (y1 - y0);
        double spread = reach * Math.sqrt(1 + slope * slope);
        int from = (int) Math.max(0, Math.floor(Math.min(y0, y1) - reach));
        int to = (int) Math.min(height - 1.0, Math.ceil(Math.max(y0, y1) + reach));
        for (int y = from; y <= to; y++) {
            double along = Math.clamp(y + 0.5, Math.min(y0, y1), Math.max(y0, y1));
            double x = x0 + slope * (along - y0);
            int left = (int) Math.max(0, Math.floor(x - spread));
            int right = (int) Math.min(width - 1.0, Math.ceil(x + spread));
            for (int col = left; col <= right; col++) {
                touch(col, y, half + 0.5 - distance(col + 0.5, y + 0.5, x0, y0, x1, y1));
            }
        }
    }

    private void touch(int x, int y, double coverage) {
        if (coverage <= 0) {
            return;
        }
        int i = y * width + x;
        short value = (short) Math.min(256, (int) (coverage * 256));
        if (value > covered[i]) {
            covered[i] = value;
            firstRow = Math.min(firstRow, y);
            lastRow = Math.max(lastRow, y);
        }
    }

    private static double distance(
            double px, double py, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : Math.clamp(((px - x0) * dx + (py - y0) * dy) / length, 0, 1);
        double ex = px - x0 - t * dx;
        double ey = py - y0 - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}
