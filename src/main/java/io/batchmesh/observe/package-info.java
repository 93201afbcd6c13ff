/** Watches the proxies of a mesh and folds what they expose into snapshots. */
@NullMarked
package io.batchmesh.observe;

import org.jspecify.annotations.NullMarked;
