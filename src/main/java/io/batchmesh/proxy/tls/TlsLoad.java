package io.batchmesh.proxy.tls;

import io.batchmesh.json.Fault;
import org.jspecify.annotations.Nullable;

/** What came of reading the certificates that a config names. */
public sealed interface TlsLoad {
    /** They can be used; null contexts when the config asks for none. */
    final class Ready implements TlsLoad {
        private final @Nullable TlsContexts contexts;

        Ready(@Nullable TlsContexts contexts) {
            this.contexts = contexts;
        }

        @Nullable TlsContexts contexts() {
            return contexts;
        }
    }

    /** They cannot. */
    record Unusable(Fault fault) implements TlsLoad {}
}
