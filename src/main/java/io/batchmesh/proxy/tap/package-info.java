/** Tap: a sample of single requests for whoever asks; costs nothing while nobody does. */
@NullMarked
package io.batchmesh.proxy.tap;

import org.jspecify.annotations.NullMarked;
