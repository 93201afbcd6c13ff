package io.batchmesh.edit;

import io.batchmesh.model.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to a topology, as a value: it can be named, checked and carried out. */
public sealed interface EditCommand
        permits AlertEdit,
                ServiceEdit,
                SubsetEdit,
                LinkEdit,
                RouteEdit,
                ProxyEdit,
                SceneEdit,
                WholeEdit {
    /** What it does, for a menu behind "Undo": {@code Change window of productpage → reviews}. */
    String label();

    /** Why it cannot be carried out on a topology; null where it can. */
    default @Nullable Refusal refusal(Topology before) {
        return null;
    }

    /**
     * Carries it out; the argument stays as it is.
     *
     * @throws IllegalStateException when there is a {@link #refusal}
     */
    Topology apply(Topology before);

    /**
     * Why an edit cannot be carried out.
     *
     * @param message what is wrong
     * @param mend what to do instead
     */
    record Refusal(String message, String mend) {}

    /** The first refusal among several checks, or null. */
    static @Nullable Refusal first(List<@Nullable Refusal> checks) {
        for (var check : checks) {
            if (check != null) {
                return check;
            }
        }
        return null;
    }
}
