/** Tests of the HTTP/1.1 of the sidecar. */
@NullMarked
package io.batchmesh.proxy.http;

import org.jspecify.annotations.NullMarked;
