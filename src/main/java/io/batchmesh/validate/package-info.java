/** Rules that a topology is held against, and what they find: what is wrong and how to mend it. */
@NullMarked
package io.batchmesh.validate;

import org.jspecify.annotations.NullMarked;
