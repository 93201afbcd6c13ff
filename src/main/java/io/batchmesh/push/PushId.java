package io.batchmesh.push;

/**
 * The name of a push.
 *
 * @param number counts the pushes of one user at one workstation, from 1
 * @param unique tells pushes of the same number of different people apart
 */
public record PushId(long number, String unique) {
    /** The name of what is no push: a dry run, or a plan with nothing to send. */
    static final PushId NONE = new PushId(0, "");

    /** Whether this names no push. */
    public boolean isNone() {
        return equals(NONE);
    }

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
