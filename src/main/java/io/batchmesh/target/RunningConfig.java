package io.batchmesh.target;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import org.jspecify.annotations.Nullable;

/**
 * A config as a proxy runs or keeps it. The version was computed here from the config, and the
 * proxy says the same.
 *
 * @param config the config
 * @param version its version
 * @param stamp what is kept beside it
 */
public record RunningConfig(ProxyConfig config, ConfigVersion version, Stamp stamp) {
    /**
     * What a proxy keeps beside a config.
     *
     * @param push the push that brought it, or null
     * @param author who says to have pushed it, or null
     * @param identity whom the client certificate is for by which it was pushed, or null
     * @param revision the topology's revision, or null
     * @param state {@code confirmed}, {@code pending}, {@code reverted} or {@code replaced}
     */
    public record Stamp(
            @Nullable String push,
            @Nullable String author,
            @Nullable String identity,
            @Nullable String revision,
            String state) {
        /** Pushed without a certificate. */
        public Stamp(
                @Nullable String push,
                @Nullable String author,
                @Nullable String revision,
                String state) {
            this(push, author, null, revision, state);
        }
    }
}
