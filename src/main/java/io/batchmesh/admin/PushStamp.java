package io.batchmesh.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside a config.
 *
 * @param time when it was taken
 * @param push the push that brought it, or null
 * @param author who pushed it, or null
 * @param revision the topology's revision, or null
 */
public record PushStamp(
        Instant time, @Nullable String push, @Nullable String author, @Nullable String revision) {
    PushStamp withRevision(@Nullable String revision) {
        return new PushStamp(time, push, author, revision);
    }
}
