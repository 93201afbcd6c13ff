package io.batchmesh.ui.canvas;

import org.jspecify.annotations.Nullable;

/**
 * A subset on a card.
 *
 * @param name its name
 * @param runs the weight that runs, or that is drawn where it is not known what runs; null where no
 *     route gives one
 * @param edit the weight that is drawn, when it is another than what runs, else null
 * @param seen share of the requests that it got, 0 to 1; {@code NaN} where not seen
 * @param setShare share that it should get by the weight that runs, 0 to 1; {@code NaN} where not
 *     known
 */
public record SubsetChip(
        String name, @Nullable Integer runs, @Nullable Integer edit, double seen, double setShare) {
    /** {@code 90}, or {@code 90→80} while an edit is not pushed; empty without a weight. */
    public String weightWords() {
        if (edit != null) {
            return (runs == null ? "–" : runs) + "→" + edit;
        }
        return runs == null ? "" : runs.toString();
    }

    public boolean edited() {
        return edit != null;
    }
}
