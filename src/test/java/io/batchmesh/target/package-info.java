/** Tests of environments and of the clients that speak to proxies. */
@NullMarked
package io.batchmesh.target;

import org.jspecify.annotations.NullMarked;
