package io.batchmesh.proxy;

import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;

/**
 * What a sidecar is given to work with. Many sidecars may share one.
 *
 * @param loops event loops of one of the kinds of {@link
 *     io.batchmesh.proxy.loop.Transport#newLoops}; each sidecar lives on one of them
 * @param clocks the time
 */
public record SidecarParts(EventLoopGroup loops, Clocks clocks) {}
