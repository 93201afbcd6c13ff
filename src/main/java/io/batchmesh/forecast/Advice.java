package io.batchmesh.forecast;

import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What is advised about a link, with the numbers that say so.
 *
 * @param link which
 * @param kind what it is about
 * @param title what to do, in a few words: {@code auto instead of a window of 5 ms}
 * @param why the numbers; absolute ones first
 * @param window what to set, or null where there is nothing to set
 * @param before what is forecast of the link as it is drawn, or null where nothing is known
 * @param after what is forecast of it as advised; that of before where there is nothing to set
 * @param worth seconds of waiting, of processors and of the service that it saves in each second
 */
public record Advice(
        LinkId link,
        Kind kind,
        String title,
        String why,
        @Nullable BatchWindow window,
        @Nullable Effect before,
        @Nullable Effect after,
        double worth) {
    /** What an advice is about. */
    public enum Kind {
        /** The window loses: it only adds latency. */
        LOSES("loses"),
        /** The target cannot be met. */
        OUT_OF_REACH("out of reach"),
        /** The link would gain from a window. */
        WINDOW("window"),
        /** HTTP/2 alone serves as well. */
        HTTP2("HTTP/2"),
        /** Keeping answers would serve. */
        CACHE("cache"),
        /** Asking once for what many ask at a time would serve. */
        COALESCE("coalesce"),
        /** A cache that answers nothing. */
        NO_CACHE("no cache"),
        /** Compressing what does not shrink. */
        NO_PACKING("no compression"),
        /** Nothing would serve better. */
        KEEP("keep"),
        /** Too little is measured to say. */
        UNKNOWN("unknown");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** What is worth most comes first; what advises nothing comes last. */
    public static final Comparator<Advice> RANK =
            Comparator.comparing((Advice a) -> !a.advises())
                    .thenComparing(a -> a.kind() == Kind.UNKNOWN)
                    .thenComparing(Comparator.comparingDouble(Advice::worth).reversed())
                    .thenComparing(Advice::link);

    /** Whether it says to do something. */
    public boolean advises() {
        return kind != Kind.KEEP && kind != Kind.UNKNOWN;
    }
}
