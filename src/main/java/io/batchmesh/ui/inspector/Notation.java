package io.batchmesh.ui.inspector;

import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.quantity.Sizes;
import io.batchmesh.ui.Exact;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a value is typed and worded.
 *
 * @param reader reads what was typed; throws {@link QuantityException}, whose message says what
 *     would be right
 * @param writer words a value so that the reader takes it
 */
record Notation<T>(Function<String, T> reader, Function<T, String> writer) {
    static final Notation<Duration> DURATION = new Notation<>(Durations::parse, Exact::duration);
    static final Notation<Long> SIZE = new Notation<>(Sizes::parse, Exact::bytes);
    static final Notation<Integer> COUNT = new Notation<>(Notation::count, String::valueOf);

    /** A duration, or nothing typed for none. */
    static final Notation<Optional<Duration>> MAYBE_DURATION =
            new Notation<>(
                    text -> text.isBlank() ? Optional.empty() : Optional.of(Durations.parse(text)),
                    value -> value.map(Exact::duration).orElse(""));

    private static Integer count(String text) {
        try {
            return Integer.valueOf(text.strip().replace(",", ""));
        } catch (NumberFormatException e) {
            var shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
            throw new QuantityException("'" + shown + "' is no whole number; write it like 64");
        }
    }
}
