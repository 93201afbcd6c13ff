package io.batchmesh.model;

/** Words on the canvas. */
public record Note(String text, double x, double y) {}
