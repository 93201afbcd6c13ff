/** A network, its peers and its faults on injected time, in which sidecars are put to the test. */
@NullMarked
package io.batchmesh.proxy.sim;

import org.jspecify.annotations.NullMarked;
