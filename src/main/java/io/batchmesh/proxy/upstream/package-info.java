/** The endpoints that calls go to: choosing one, and knowing how each does. */
@NullMarked
package io.batchmesh.proxy.upstream;

import org.jspecify.annotations.NullMarked;
