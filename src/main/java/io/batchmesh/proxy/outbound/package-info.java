/** The calls of the own service: each is routed, sent, tried again or refused, and answered. */
@NullMarked
package io.batchmesh.proxy.outbound;

import org.jspecify.annotations.NullMarked;
