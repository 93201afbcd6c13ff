/** Tests of the command line. */
@NullMarked
package io.batchmesh.cli;

import org.jspecify.annotations.NullMarked;
