/**
 * Durations, sizes and bandwidths as people write them: {@code 5ms}, {@code 256KiB}, {@code
 * 10Mbit}.
 */
@NullMarked
package io.batchmesh.quantity;

import org.jspecify.annotations.NullMarked;
