package io.batchmesh.json;

/**
 * Something wrong at one place of a JSON text.
 *
 * @param pointer the place as a JSON pointer (RFC 6901), empty for the whole text
 * @param line line of the place, from 1, or 0 where it is unknown
 * @param column column of the place, from 1, or 0 where it is unknown
 * @param message what is wrong
 * @param mend what would be right, or empty where the message says it
 */
public record Fault(String pointer, int line, int column, String message, String mend) {
    /** The fault as one line for people: place, what is wrong, how to mend it. */
    public String describe() {
        var place = line > 0 ? line + ":" + column + ": " : "";
        var where = pointer.isEmpty() ? "" : " (" + pointer + ")";
        return place + message + where + (mend.isEmpty() ? "" : "; " + mend);
    }
}
