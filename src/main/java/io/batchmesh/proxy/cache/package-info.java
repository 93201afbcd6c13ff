/** Answers kept in memory and shared between callers, by the basics of RFC 9111. */
@NullMarked
package io.batchmesh.proxy.cache;

import org.jspecify.annotations.NullMarked;
