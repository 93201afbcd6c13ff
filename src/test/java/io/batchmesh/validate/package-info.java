/** Tests of the rules. */
@NullMarked
package io.batchmesh.validate;

import org.jspecify.annotations.NullMarked;
