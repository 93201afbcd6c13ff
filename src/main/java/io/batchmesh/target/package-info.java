/** Environments: which proxies there are, where they answer, and the clients that speak to them. */
@NullMarked
package io.batchmesh.target;

import org.jspecify.annotations.NullMarked;
