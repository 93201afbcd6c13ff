/** The commands: everything that the desktop does can be done from here, with JSON for scripts. */
@NullMarked
package io.batchmesh.cli;

import org.jspecify.annotations.NullMarked;
