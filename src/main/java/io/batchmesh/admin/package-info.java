/** The admin endpoint of sidecar and relay: config with versions and history, status, metrics. */
@NullMarked
package io.batchmesh.admin;

import org.jspecify.annotations.NullMarked;
