/** Spans of requests and batches, told to a collector by OTLP over HTTP. */
@NullMarked
package io.batchmesh.proxy.trace;

import org.jspecify.annotations.NullMarked;
