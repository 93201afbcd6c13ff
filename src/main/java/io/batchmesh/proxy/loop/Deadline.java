package io.batchmesh.proxy.loop;

import org.jspecify.annotations.Nullable;

/** Something that happens unless it is called off in time; see {@link Deadlines}. */
public abstract class Deadline {
    @Nullable Deadline before;
    @Nullable Deadline after;
    Deadlines.@Nullable Line line;
    Schedule.@Nullable Handle alone;
    long atNanos;

    /** The time is up. Not called off any more, and may be armed again. */
    protected abstract void expired();
}
