package io.batchmesh.metrics;

/**
 * A text that is no exposition.
 *
 * @param line where it goes wrong, from 1
 * @param column byte within the line, from 1
 * @param message what is wrong there
 */
public record Malformed(int line, int column, String message) implements ExpositionResult {
    /** The place and the message in one line. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
