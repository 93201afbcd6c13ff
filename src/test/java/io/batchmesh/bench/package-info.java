/** The benchmark of the sidecar against its peers; not part of the tests. */
@org.jspecify.annotations.NullMarked
package io.batchmesh.bench;
