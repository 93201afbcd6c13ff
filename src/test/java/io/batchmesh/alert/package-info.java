/** Tests of alerts. */
@NullMarked
package io.batchmesh.alert;

import org.jspecify.annotations.NullMarked;
