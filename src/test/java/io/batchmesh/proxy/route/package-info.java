/** Which route takes a request. */
@NullMarked
package io.batchmesh.proxy.route;

import org.jspecify.annotations.NullMarked;
