package io.batchmesh.admin;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an admin endpoint governs. All methods may be called from any thread. */
public interface AdminSubject {
    /**
     * What would keep this config from being taken, beyond the config's own rules: an address that
     * cannot be bound, a certificate that cannot be read. Empty when it would be taken. Changes
     * nothing.
     */
    List<Fault> check(ProxyConfig config);

    /**
     * Takes a config for all requests that arrive from now on; each request sees one config only.
     *
     * @param version the config's version
     * @param revision the topology's revision that it came from, where that is known
     * @return why it cannot be taken, in which case the old one keeps running; empty when it runs
     */
    List<Fault> apply(ProxyConfig config, ConfigVersion version, @Nullable String revision);

    /**
     * Why this cannot be switched by hand, such as that there is no such link; null when it can.
     *
     * @param subject the link, or the endpoint's address
     */
    default @Nullable String overridable(OverrideEntry.Kind kind, String subject) {
        return "nothing can be switched by hand here";
    }

    /** Takes all that is switched by hand, in place of what was before. */
    default void overridden(List<OverrideEntry> overrides) {}

    /** Opens a tap: a live sample of single requests. May wait for the subject. */
    default TapStart tap(TapOrder order) {
        return new TapStart.Impossible();
    }

    /** Endpoints' health, breakers and queues, for {@code GET /status}. */
    ObjectNode status();

    /** The registry that {@code GET /metrics} shows. */
    PrometheusRegistry metrics();

    /** Whether traffic may be sent here. */
    boolean ready();

    /** Stops accepting, flushes what is collected, and finishes what is in flight. */
    void drain();
}
