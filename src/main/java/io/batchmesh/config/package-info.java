/**
 * The wire contract with a proxy: its config, the JSON of it, and the version that is the hash of
 * it.
 */
@NullMarked
package io.batchmesh.config;

import org.jspecify.annotations.NullMarked;
