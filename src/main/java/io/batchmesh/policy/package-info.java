/**
 * The vocabulary that the drawing and the wire share: matches, routes, balancing, resilience, the
 * batch window.
 */
@NullMarked
package io.batchmesh.policy;

import org.jspecify.annotations.NullMarked;
