package io.batchmesh.push;

/**
 * The name of a push.
 *
 * @param number counts the pushes of one user at one workstation, from 1
 * @param unique tells pushes of the same number of different people apart
 */
public record PushId(long number, String unique) {
    /** The form that proxies keep beside a config. */
    public String header() {
        return "push-" + number + "-" + unique;
    }

    /** The form for people. */
    @Override
    public String toString() {
        return "push-" + number;
    }
}
