/** Measures the reading of expositions against its peers: part of {@code mvn -Pbench verify}. */
@NullMarked
package io.batchmesh.metrics.bench;

import org.jspecify.annotations.NullMarked;
