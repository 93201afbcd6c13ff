/** The composition root: {@code main}, executors, clocks and the wiring of everything else. */
@NullMarked
package io.batchmesh.app;

import org.jspecify.annotations.NullMarked;
