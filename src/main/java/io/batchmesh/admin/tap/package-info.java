/** Tap: what a live sample of single requests is asked for by, and what it says. */
@NullMarked
package io.batchmesh.admin.tap;

import org.jspecify.annotations.NullMarked;
