/** Endpoints and how they are chosen. */
@NullMarked
package io.batchmesh.proxy.upstream;

import org.jspecify.annotations.NullMarked;
