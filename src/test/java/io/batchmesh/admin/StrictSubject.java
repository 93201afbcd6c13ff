package io.batchmesh.admin;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.json.ObjectWriter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A subject that keeps what it was told, and refuses what it is told to refuse. */
public final class StrictSubject implements AdminSubject {
    public final CountDownLatch drained = new CountDownLatch(1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<Applied> applied = new ArrayList<>();
    private List<Fault> checkFaults = List.of();
    private List<Fault> applyFaults = List.of();
    private List<OverrideEntry> overrides = List.of();
    private boolean ready = true;

    public StrictSubject() {
        Counter.builder().name("batchmesh_test_total").help("a test").register(registry).inc(3);
    }

    /** A config that was applied. */
    public record Applied(ProxyConfig config, ConfigVersion version, @Nullable String revision) {}

    public synchronized void refuseToCheck(Fault... faults) {
        checkFaults = List.of(faults);
    }

    public synchronized void refuseToApply(Fault... faults) {
        applyFaults = List.of(faults);
    }

    public synchronized void ready(boolean ready) {
        this.ready = ready;
    }

    public synchronized List<Applied> applied() {
        return List.copyOf(applied);
    }

    @Override
    public synchronized List<Fault> check(ProxyConfig config) {
        return checkFaults;
    }

    @Override
    public synchronized List<Fault> apply(
            ProxyConfig config, ConfigVersion version, @Nullable String revision) {
        if (!version.equals(ConfigVersion.of(config))) {
            throw new AssertionError("the version is not the config's");
        }
        if (applyFaults.isEmpty()) {
            applied.add(new Applied(config, version, revision));
        }
        return applyFaults;
    }

    @Override
    public synchronized @Nullable String overridable(OverrideEntry.Kind kind, String subject) {
        var links = applied.getLast().config().links();
        boolean known =
                links.stream()
                        .anyMatch(l ->
                                l.link().equals(subject)
                                        || l.subsets().values().stream()
                                                .flatMap(List::stream)
                                                .anyMatch(u -> u.address().equals(subject)));
        return known ? null : "there is no " + subject;
    }

    @Override
    public synchronized void overridden(List<OverrideEntry> now) {
        overrides = now;
    }

    /** What was switched by hand last. */
    public synchronized List<OverrideEntry> overrides() {
        return overrides;
    }

    @Override
    public ObjectNode status() {
        return ObjectWriter.object(o -> o.put("endpoints", 2).put("version", "never shown"));
    }

    @Override
    public PrometheusRegistry metrics() {
        return registry;
    }

    @Override
    public synchronized boolean ready() {
        return ready;
    }

    @Override
    public void drain() {
        drained.countDown();
    }
}
