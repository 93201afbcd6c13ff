/** Tests of the local mesh, on real loopback connections. */
@NullMarked
package io.batchmesh.mesh;

import org.jspecify.annotations.NullMarked;
