/** Tests of edits and their history. */
@NullMarked
package io.batchmesh.edit;

import org.jspecify.annotations.NullMarked;
