/** Tests of the cache of answers, on injected time. */
@org.jspecify.annotations.NullMarked
package io.batchmesh.proxy.cache;
