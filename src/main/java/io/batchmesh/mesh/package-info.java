/** The local mesh of a topology: sidecars, stand-in services, slow links and load, on loopback. */
@NullMarked
package io.batchmesh.mesh;

import org.jspecify.annotations.NullMarked;
