package io.batchmesh.validate;

import io.batchmesh.model.Topology;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds a topology against all rules. The rules have no state and do no I/O; a topology of a
 * thousand services takes some milliseconds, so it is fit for every edit.
 *
 * <p>Ids of rules: {@code BM-1xx} references, addresses and reach, {@code BM-2xx} batch windows,
 * {@code BM-3xx} routes and policies, {@code BM-4xx} what proxies can do, {@code BM-5xx}
 * simulation, {@code BM-6xx} alerts. {@code BM-0xx} are for what cannot be read at all.
 */
public final class Validator {
    /** A text that is no topology, or a file that cannot be read. */
    public static final String UNREADABLE = "BM-001";

    private static final List<Consumer<Scope>> RULES =
            List.of(
                    ReferenceRules::check,
                    SceneRules::check,
                    AddressRules::check,
                    ReachRules::check,
                    WindowRules::check,
                    WindowWorthRules::check,
                    RouteRules::check,
                    PolicyRules::check,
                    AbilityRules::check,
                    SecurityRules::check,
                    SimulationRules::check,
                    AlertRules::check);

    private Validator() {}

    /** What is wrong with a topology, the worst first; empty when nothing is. */
    public static List<Finding> validate(Topology topology) {
        var scope = new Scope(topology);
        RULES.forEach(rule -> rule.accept(scope));
        return scope.findings();
    }
}
