package io.batchmesh.edit;

import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Topology;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Edits of proxies. */
public sealed interface ProxyEdit extends EditCommand {
    /** Puts a proxy in place of the one of the same name, or behind the others. */
    record SetProxy(Proxy proxy) implements ProxyEdit {
        @Override
        public String label() {
            return "Change proxy " + proxy.id();
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return EditCommand.first(
                    Arrays.asList(
                            Parts.blank("proxy", proxy.id().name()),
                            Parts.noService(before, proxy.service())));
        }

        @Override
        public Topology apply(Topology before) {
            var proxies = new LinkedHashMap<>(before.proxies());
            proxies.put(proxy.id(), proxy);
            return before.withProxies(proxies);
        }
    }

    /** Removes a proxy. */
    record RemoveProxy(ProxyId proxy) implements ProxyEdit {
        @Override
        public String label() {
            return "Remove proxy " + proxy;
        }

        @Override
        public @Nullable Refusal refusal(Topology before) {
            return before.proxies().containsKey(proxy)
                    ? null
                    : new Refusal("there is no proxy '" + proxy + "'", "nothing to remove");
        }

        @Override
        public Topology apply(Topology before) {
            var proxies = new LinkedHashMap<>(before.proxies());
            if (proxies.remove(proxy) == null) {
                throw new IllegalStateException("there is no proxy " + proxy);
            }
            return before.withProxies(proxies);
        }
    }
}
