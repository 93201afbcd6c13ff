package io.batchmesh.forecast;

/**
 * CPU seconds that both sidecars of a link spend together.
 *
 * @param request on a request that goes by itself
 * @param item on a request in a batch
 * @param batch on a batch
 */
public record Costs(double request, double item, double batch) {
    /**
     * Measured over loopback with requests of 870 bytes: 20 µs for a request by itself, 11.7 µs for
     * one in large batches, and the rest is the batch's.
     */
    public static final Costs USUAL = new Costs(20e-6, 11.5e-6, 9e-6);

    /** What a request costs that a cache answers, as a share of one that goes by itself. */
    private static final double ANSWERED = 0.3;

    /**
     * CPU seconds on a request that is answered on the calling side: measured, a hit costs a third
     * of a request that goes over both sidecars.
     */
    double answered() {
        return request * ANSWERED;
    }

    /** CPU seconds for each request in batches of so many. */
    double each(double itemsPerBatch) {
        return item + batch / itemsPerBatch;
    }
}
