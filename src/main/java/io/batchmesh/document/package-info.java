/** What a target keeps under a name, with its version. */
@NullMarked
package io.batchmesh.document;

import org.jspecify.annotations.NullMarked;
