package io.batchmesh.ui.plan;

/**
 * One difference in people's words.
 *
 * @param name of the field; empty where the values say it by themselves
 * @param from what runs; empty where nothing does
 * @param to what is desired; empty where it goes
 */
record ChangeLine(String name, String from, String to) {}
