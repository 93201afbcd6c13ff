/** Carrying plans out: reading what runs, pushing in waves, keeping records, going back. */
@NullMarked
package io.batchmesh.push;

import org.jspecify.annotations.NullMarked;
