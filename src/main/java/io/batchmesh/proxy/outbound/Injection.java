package io.batchmesh.proxy.outbound;

import io.batchmesh.policy.FaultInjection;
import io.batchmesh.proxy.loop.Lane;

/** The faults that a route makes on purpose, for one exchange. */
final class Injection {
    private final Exchange exchange;
    private final FaultInjection fault;

    Injection(Exchange exchange, FaultInjection fault) {
        this.exchange = exchange;
        this.fault = fault;
    }

    /** Whether a share of so many percent is met this time. */
    static boolean drawn(Lane lane, double percent) {
        return percent > 0 && lane.random().nextDouble() * 100 < percent;
    }

    /** Holds the exchange up, refuses it, or lets it go on. */
    void start() {
        var delay = fault.delay();
        if (delay != null && drawn(exchange.lane(), delay.percent())) {
            exchange.hold();
            exchange.lane().schedule().after(delay.duration().toNanos(), this::delayed);
        } else {
            abortOrProceed();
        }
    }

    private void delayed() {
        if (!exchange.over()) {
            abortOrProceed();
        }
    }

    private void abortOrProceed() {
        var abort = fault.abort();
        if (abort != null && drawn(exchange.lane(), abort.percent())) {
            exchange.refused(
                    abort.status(), "fault-injection", "refused on purpose by the route's fault");
        } else {
            exchange.proceed();
        }
    }
}
