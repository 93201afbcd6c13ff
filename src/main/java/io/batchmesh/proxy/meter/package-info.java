/** What a sidecar counts and times, and how it is shown to Prometheus. */
@NullMarked
package io.batchmesh.proxy.meter;

import org.jspecify.annotations.NullMarked;
