/**
 * The topology that an operator draws: immutable records, typed ids, sealed kinds. No I/O, clock,
 * thread or JavaFX.
 */
@NullMarked
package io.batchmesh.model;

import org.jspecify.annotations.NullMarked;
