/** Which route a request takes and which subset it goes to. */
@NullMarked
package io.batchmesh.proxy.route;

import org.jspecify.annotations.NullMarked;
