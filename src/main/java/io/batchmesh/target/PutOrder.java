package io.batchmesh.target;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A config for a proxy.
 *
 * @param config the config
 * @param replaces the version that it takes the place of, or null for the first config
 * @param mark what is kept with it
 * @param confirmWithin how long it may wait to be confirmed before the proxy goes back by itself,
 *     or null for a config that stays
 */
public record PutOrder(
        ProxyConfig config,
        @Nullable ConfigVersion replaces,
        Mark mark,
        @Nullable Duration confirmWithin) {
    /** A config that stays. */
    public PutOrder(ProxyConfig config, @Nullable ConfigVersion replaces, Mark mark) {
        this(config, replaces, mark, null);
    }

    /**
     * What a proxy keeps with a config.
     *
     * @param push the push, or null
     * @param author who pushes, or null
     * @param revision the topology's revision, or null
     */
    public record Mark(@Nullable String push, @Nullable String author, @Nullable String revision) {
        public static final Mark NONE = new Mark(null, null, null);
    }
}
