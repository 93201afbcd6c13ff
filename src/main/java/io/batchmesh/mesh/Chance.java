package io.batchmesh.mesh;

import java.util.SplittableRandom;

/** Draws by chance; the same seed draws the same. Not for several threads. */
final class Chance {
    private static final double SMALL = 30;

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** How many arrive where so many do on average; by the normal law where they are many. */
    long poisson(double mean) {
        if (!(mean > 0)) {
            return 0;
        }
        if (mean > SMALL) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        long count = 0;
        for (double left = random.nextDouble(); left > limit; left *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** How many of so many, each taken with this probability; by the normal law where many are. */
    long some(long of, double share) {
        double mean = of * share;
        double rest = of - mean;
        if (mean > SMALL && rest > SMALL) {
            double spread = Math.sqrt(mean * (1 - share));
            return Math.clamp(Math.round(mean + spread * random.nextGaussian()), 0, of);
        }
        return mean <= rest
                ? Math.min(of, poisson(mean))
                : Math.max(0, of - poisson(Math.max(0, rest)));
    }

    /** A wait of a memoryless kind. */
    double exponential(double mean) {
        return -mean * Math.log1p(-random.nextDouble());
    }

    /** A time whose logarithm is normal around that of the median. */
    double around(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    /** From 0 to this. */
    double below(double limit) {
        return limit * random.nextDouble();
    }

    /** At least 1, geometric, with this mean. */
    int atLeastOne(double mean) {
        if (!(mean > 1)) {
            return 1;
        }
        double stop = Math.log1p(-1 / mean);
        return (int) Math.min(1e6, 1 + Math.floor(Math.log1p(-random.nextDouble()) / stop));
    }
}
