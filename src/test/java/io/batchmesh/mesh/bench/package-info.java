/** What was forecast of a link beside what the local mesh measures of it. */
@NullMarked
package io.batchmesh.mesh.bench;

import org.jspecify.annotations.NullMarked;
