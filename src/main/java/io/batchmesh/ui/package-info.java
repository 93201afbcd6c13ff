/** The desktop: what its windows share. */
@NullMarked
package io.batchmesh.ui;

import org.jspecify.annotations.NullMarked;
