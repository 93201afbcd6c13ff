package io.batchmesh.model;

/**
 * A port on which a service listens.
 *
 * @param name what it is called
 * @param port 1 to 65535
 * @param protocol what is spoken there
 */
public record Port(String name, int port, Protocol protocol) {}
