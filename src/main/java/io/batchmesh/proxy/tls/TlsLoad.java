package io.batchmesh.proxy.tls;

import io.batchmesh.json.Fault;
import org.jspecify.annotations.Nullable;

/** What came of reading the certificates that a config names. */
public sealed interface TlsLoad {
    /** They can be used; null contexts when the config asks for none. */
    final class Ready implements TlsLoad {
        private final @Nullable TlsContexts contexts;
        private final @Nullable HostTrust collector;

        Ready(@Nullable TlsContexts contexts, @Nullable HostTrust collector) {
            this.contexts = contexts;
            this.collector = collector;
        }

        @Nullable TlsContexts contexts() {
            return contexts;
        }

        /** Who vouches for the collector of traces; null where it is called in clear text. */
        public @Nullable HostTrust collector() {
            return collector;
        }
    }

    /** They cannot. */
    record Unusable(Fault fault) implements TlsLoad {}
}
