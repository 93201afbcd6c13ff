/** The data plane on real loopback sockets. */
@NullMarked
package io.batchmesh.proxy;

import org.jspecify.annotations.NullMarked;
