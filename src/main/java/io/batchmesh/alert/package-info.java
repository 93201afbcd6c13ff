/** Rules for alerts: held against what is seen, and written for Prometheus. */
@NullMarked
package io.batchmesh.alert;

import org.jspecify.annotations.NullMarked;
