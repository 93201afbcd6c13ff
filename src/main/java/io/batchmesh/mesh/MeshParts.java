package io.batchmesh.mesh;

import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.ExecutorService;

/**
 * What a local mesh runs on; none of it is closed with the mesh.
 *
 * @param loops carry everything: sidecars, stand-ins, wires, load
 * @param clocks the time
 * @param io for what waits, a virtual thread for each task
 */
public record MeshParts(EventLoopGroup loops, Clocks clocks, ExecutorService io) {}
