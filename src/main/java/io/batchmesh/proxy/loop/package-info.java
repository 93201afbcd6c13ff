/** One event loop seen by what runs on it: its clock, its timers, its sockets. */
@NullMarked
package io.batchmesh.proxy.loop;

import org.jspecify.annotations.NullMarked;
