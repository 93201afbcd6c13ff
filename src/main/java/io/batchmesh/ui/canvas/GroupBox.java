package io.batchmesh.ui.canvas;

/**
 * A group of services.
 *
 * @param name its name
 * @param box around its services, with room for the name above them
 */
public record GroupBox(String name, Box box) {}
