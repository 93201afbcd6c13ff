package io.batchmesh.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One of the things that are compared.
 *
 * @param name how the table calls it
 * @param port where load goes to
 * @param host what requests call it
 * @param proxies the processes whose work counts
 * @param wireBytes what went over the slow link so far, both ways; 0 without one
 */
record Variant(String name, int port, String host, List<Proc> proxies, LongSupplier wireBytes) {
    /** One process and where it listens. */
    record Hop(int port, Proc process) {}

    static Variant of(String name, Hop... hops) {
        var all = Stream.of(hops).map(Hop::process).toList();
        return new Variant(name, hops[0].port(), "service", all, () -> 0);
    }

    Variant host(String other) {
        return new Variant(name, port, other, proxies, wireBytes);
    }

    Variant over(LongSupplier bytes) {
        return new Variant(name, port, host, proxies, bytes);
    }

    Duration cpu() {
        return proxies.stream().map(Proc::cpu).reduce(Duration.ZERO, Duration::plus);
    }
}
