package io.batchmesh.forecast;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.quantity.Durations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A link as it would run, event by event: Poisson arrivals, a cache that joins and keeps, a queue
 * for each endpoint that is cut as its policy says, a wire, a service. Times in seconds.
 */
final class SimulatedLink {
    private static final int REQUESTS = 16_000;
    private static final Costs COSTS = Costs.USUAL;

    private final GeneratedLink link;
    private final BatchWindow window;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Queue> queues = new ArrayList<>();
    private final Map<Integer, Double> keptUntil = new HashMap<>();
    private final Map<Integer, List<Request>> flights = new HashMap<>();
    final double[] latencies = new double[REQUESTS];
    final List<Double> services = new ArrayList<>();
    final SplittableRandom chance;
    double now;
    double waited;
    double cores;
    int batches;
    int calls;
    int sent;
    int hits;
    int joined;
    private long order;

    private record Request(int number, int key, double at, double service, int queue) {}

    private record Event(double at, long order, Runnable then) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int first = Double.compare(at, other.at);
            return first != 0 ? first : Long.compare(order, other.order);
        }
    }

    /** One endpoint's. */
    private static final class Queue {
        private final ArrayDeque<Request> waiting = new ArrayDeque<>();
        private final Tuned tuned = new Tuned();
        private double free;
        private long turn;
    }

    SimulatedLink(GeneratedLink link, BatchWindow window) {
        this.link = link;
        this.window = window;
        chance = new SplittableRandom(link.seed() + 1);
        for (int i = 0; i < link.queues(); i++) {
            queues.add(new Queue());
        }
    }

    SimulatedLink run() {
        double at = 0;
        for (int i = 0; i < REQUESTS; i++) {
            at += -Math.log(1 - chance.nextDouble()) / link.rate();
            int key = link.keys() == 0 ? -1 - i : chance.nextInt(link.keys());
            double z = Normal.quantile(Math.clamp(chance.nextDouble(), 1e-12, 1 - 1e-12));
            double time = link.p50() * Math.exp(link.sigma() * z);
            var request = new Request(i, key, at, time, chance.nextInt(link.queues()));
            on(at, () -> arrive(request));
        }
        while (!events.isEmpty()) {
            var next = events.remove();
            now = next.at;
            next.then.run();
        }
        return this;
    }

    private void on(double at, Runnable then) {
        events.add(new Event(at, order++, then));
    }

    private void arrive(Request request) {
        if (window.cache() != null && request.key() >= 0) {
            if (keptUntil.getOrDefault(request.key(), -1.0) > now) {
                hits++;
                cores += COSTS.answered();
                return;
            }
            var flight = flights.get(request.key());
            if (flight != null) {
                joined++;
                cores += COSTS.answered();
                flight.add(request);
                return;
            }
            flights.put(request.key(), new ArrayList<>());
        }
        sent++;
        if (window.policy() == Policy.OFF) {
            cores += COSTS.request();
            send(List.of(request), false);
            return;
        }
        var queue = queues.get(request.queue());
        queue.waiting.add(request);
        consider(queue);
    }

    private void consider(Queue queue) {
        if (window.policy() == Policy.AUTO) {
            if (!queue.waiting.isEmpty() && queue.free <= now) {
                int size = Math.min(queue.waiting.size(), window.maxItems());
                queue.free = now + COSTS.batch() / 2 + size * COSTS.item() / 2;
                cut(queue);
                on(queue.free, () -> consider(queue));
            }
            return;
        }
        if (queue.waiting.size() >= window.maxItems()) {
            cut(queue);
        } else if (queue.waiting.size() == 1) {
            long turn = queue.turn;
            double linger =
                    window.policy() == Policy.FIXED
                            ? Durations.seconds(window.linger())
                            : queue.tuned.linger();
            on(
                    now + linger,
                    () -> {
                        if (queue.turn == turn) {
                            cut(queue);
                        }
                    });
        }
    }

    private void cut(Queue queue) {
        var batch = new ArrayList<Request>();
        while (!queue.waiting.isEmpty() && batch.size() < window.maxItems()) {
            batch.add(queue.waiting.remove());
        }
        queue.turn++;
        batches++;
        cores += COSTS.batch() + batch.size() * COSTS.item();
        batch.forEach(r -> waited += now - r.at());
        send(batch, link.bulk());
    }

    private void send(List<Request> batch, boolean together) {
        double all = batch.getFirst().service() + batch.size() * link.item();
        calls += together ? 1 : batch.size();
        for (var request : batch) {
            double time = together ? all : request.service() + link.item();
            services.add(time);
            double end = now + 2 * link.delay() + time;
            on(end, () -> answered(request));
        }
    }

    private void answered(Request request) {
        latencies[request.number()] = now - request.at();
        if (window.policy() == Policy.TARGET_P99) {
            var target = window.targetP99();
            var tuned = queues.get(request.queue()).tuned;
            tuned.observe(now - request.at(), now, target == null ? 0 : Durations.seconds(target));
        }
        var cache = window.cache();
        var others = flights.remove(request.key());
        if (others != null && cache != null) {
            keptUntil.put(request.key(), now + Durations.seconds(cache.ttl()));
            others.forEach(o -> latencies[o.number()] = now - o.at());
        }
    }

    /** Seconds from the first to the last arrival. */
    double length() {
        return REQUESTS / link.rate();
    }

    int requests() {
        return REQUESTS;
    }

    double mean() {
        return Arrays.stream(latencies).average().orElseThrow();
    }

    double p99() {
        return quantile(latencies, 0.99);
    }

    static double quantile(double[] values, double share) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * sorted.length)];
    }

    /** CPU seconds in each second. */
    double cores() {
        return cores / length();
    }

    double callsPerSecond() {
        return calls / length();
    }
}
