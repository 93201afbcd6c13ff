/** Tests of the shared vocabulary. */
@NullMarked
package io.batchmesh.policy;

import org.jspecify.annotations.NullMarked;
