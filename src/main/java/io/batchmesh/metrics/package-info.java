/**
 * Numbers of a running mesh as immutable values, and the reading of Prometheus and OpenMetrics text
 * that they come from.
 */
@NullMarked
package io.batchmesh.metrics;

import org.jspecify.annotations.NullMarked;
