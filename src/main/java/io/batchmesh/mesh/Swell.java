package io.batchmesh.mesh;

/**
 * A load that rises and falls by a few percent around its mean.
 *
 * @param perSecond requests per second on average
 * @param period of one rise and fall, in seconds
 * @param phase where in it time 0 is, in radians
 */
record Swell(double perSecond, double period, double phase) {
    private static final double HEIGHT = 0.15;

    /** Around a mean, with a period of one to five minutes by the seed. */
    static Swell of(double perSecond, long seed) {
        var chance = new Chance(seed);
        return new Swell(perSecond, 60 + chance.below(240), chance.below(2 * Math.PI));
    }

    /** How many requests are to be expected between two moments, in seconds. */
    double between(double from, double to) {
        double omega = 2 * Math.PI / period;
        double wave = (Math.cos(omega * from + phase) - Math.cos(omega * to + phase)) / omega;
        return Math.max(0, perSecond * (to - from + HEIGHT * wave));
    }
}
