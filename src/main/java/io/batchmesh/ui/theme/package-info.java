/** Colours, fonts and the wording of numbers. */
@NullMarked
package io.batchmesh.ui.theme;

import org.jspecify.annotations.NullMarked;
