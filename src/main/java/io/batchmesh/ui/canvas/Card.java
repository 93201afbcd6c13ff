package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service on the canvas.
 *
 * @param id which
 * @param box where
 * @param face what does not change by itself
 * @param health how it does
 * @param reading what is seen of it
 * @param spark its last rates
 * @param chips its subsets, or none where there is only one without a weight
 * @param marks what is said about it
 */
public record Card(
        ServiceId id,
        Box box,
        Face face,
        Health health,
        Reading reading,
        Spark spark,
        List<SubsetChip> chips,
        Marks marks) {
    public Card {
        chips = List.copyOf(chips);
    }

    /**
     * What does not change by itself.
     *
     * @param title the name, shortened where the card is too narrow
     * @param brief the name without what nearly all names have in common
     * @param kind what kind of service
     * @param corner {@code mTLS}, {@code TLS}, {@code gateway}, or nothing
     * @param facts what is drawn of it, where nothing is watched, else null
     */
    public record Face(
            String title, String brief, ServiceKind kind, String corner, @Nullable String facts) {}

    /**
     * What is said about it.
     *
     * @param selected whether it is selected
     * @param stamp state of its proxies in a push, or null
     * @param attention why somebody should look, or null
     */
    public record Marks(boolean selected, @Nullable Stamp stamp, @Nullable Attention attention) {}

    /** The middle of the edge where links leave. */
    double portX() {
        return box.right();
    }

    double portY() {
        return box.y() + CardSizes.HEAD / 2;
    }

    /** Whether an edit of its weights is not pushed. */
    public boolean edited() {
        return chips.stream().anyMatch(SubsetChip::edited);
    }

    /** The words beside the small line: what is wrong, or how old the numbers are; else null. */
    public @Nullable Words aside() {
        if (reading.stale()) {
            return Words.plain(reading.ageWords(), Tone.FAINT);
        }
        if (marks.attention != null) {
            return Words.plain(marks.attention.words(), marks.attention.tone());
        }
        return reading.errorTone() == Tone.PLAIN
                ? null
                : Words.plain(reading.errorWords(), reading.errorTone());
    }
}
