package io.batchmesh.push;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.target.ProxyEndpointRef;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one proxy.
 *
 * @param to where it goes
 * @param config what goes there
 * @param version the version of it
 * @param before the version that it takes the place of, or null for none
 */
record Parcel(
        ProxyEndpointRef to,
        ProxyConfig config,
        ConfigVersion version,
        @Nullable ConfigVersion before) {}
