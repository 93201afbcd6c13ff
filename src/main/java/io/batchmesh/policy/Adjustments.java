package io.batchmesh.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a route changes of the requests that it takes and of their replies.
 *
 * @param request the header of the request, or null for nothing
 * @param response the header of the reply, or null for nothing
 * @param rewrite the target, or null for nothing
 */
public record Adjustments(
        @Nullable HeaderChanges request,
        @Nullable HeaderChanges response,
        @Nullable Rewrite rewrite) {
    /** Nothing is changed. */
    public static final Adjustments NONE = new Adjustments(null, null, null);

    /** These where the other says nothing; the other's where it does. */
    public Adjustments overriddenBy(Adjustments other) {
        return new Adjustments(
                other.request == null ? request : other.request,
                other.response == null ? response : other.response,
                other.rewrite == null ? rewrite : other.rewrite);
    }
}
