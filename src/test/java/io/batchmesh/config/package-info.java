/** Tests of the wire contract with a proxy. */
@NullMarked
package io.batchmesh.config;

import org.jspecify.annotations.NullMarked;
