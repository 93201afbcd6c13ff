package io.batchmesh.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside a config.
 *
 * @param time when it was taken
 * @param push the push that brought it, or null
 * @param author who says to have pushed it, or null
 * @param identity whom the certificate is for by which it was pushed, or null when none was shown
 * @param revision the topology's revision, or null
 */
public record PushStamp(
        Instant time,
        @Nullable String push,
        @Nullable String author,
        @Nullable String identity,
        @Nullable String revision) {
    /** What nobody pushed. */
    static PushStamp none(Instant time) {
        return new PushStamp(time, null, null, null, null);
    }

    PushStamp withRevision(@Nullable String revision) {
        return new PushStamp(time, push, author, identity, revision);
    }
}
