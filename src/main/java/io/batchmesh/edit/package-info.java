/** Changes to a topology as values with a name, and the history that undoes and redoes them. */
@NullMarked
package io.batchmesh.edit;

import org.jspecify.annotations.NullMarked;
