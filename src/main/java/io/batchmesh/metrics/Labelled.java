package io.batchmesh.metrics;

import java.util.Optional;
import java.util.function.Function;

/** Finds an enum constant by the label it has in an exposition. */
final class Labelled {
    private Labelled() {}

    static <E> Optional<E> find(E[] values, Function<E, String> labelOf, String label) {
        for (E value : values) {
            if (labelOf.apply(value).equals(label)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
