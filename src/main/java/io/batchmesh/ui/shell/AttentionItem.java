package io.batchmesh.ui.shell;

import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at.
 *
 * @param rank how soon
 * @param title what it is about
 * @param note what is the matter
 * @param target what is selected to see it
 * @param act what a click does instead, or null
 * @param hands what can be switched by hand against it, at once
 */
record AttentionItem(
        Rank rank,
        String title,
        String note,
        Selection target,
        @Nullable Act act,
        List<LinkId> hands) {
    AttentionItem {
        hands = List.copyOf(hands);
    }

    AttentionItem(Rank rank, String title, String note, Selection target) {
        this(rank, title, note, target, null, List.of());
    }

    /** What a click may do. */
    sealed interface Act {
        /** Draws a link that carries traffic. */
        record Draw(LinkId link) implements Act {}

        /** Shows a tab of the dock. */
        record Tab(String name) implements Act {}
    }

    /**
     * How soon, the soonest first: what hurts users now; what will, or may; what somebody did and
     * should know of; what is only drawn wrongly.
     */
    enum Rank {
        /** A rule fires that calls somebody now. */
        PAGE("■", "bm-error"),
        /** A proxy does not answer, or not with anything that can be read. */
        SILENT("■", "bm-error"),
        /** A breaker is open. */
        BREAKER("▲", "bm-warn"),
        /** A rule fires that calls somebody within days. */
        TICKET("▲", "bm-warn"),
        /** Endpoints are left out for their failures, or do not pass their checks. */
        EJECTED("▲", "bm-warn"),
        /** A proxy has failed to answer lately. */
        STALE("▲", "bm-warn"),
        /** Somebody else changed what runs. */
        FOREIGN("▲", "bm-warn"),
        /** Something is switched by hand. */
        BY_HAND("▲", "bm-warn"),
        /** A rule that fired has no data any more, or one that names its thing has none. */
        NO_DATA("○", "bm-warn"),
        /** The drawing cannot be pushed so. */
        FAULT("■", "bm-error"),
        /** Traffic that is not drawn. */
        UNKNOWN_TRAFFIC("▲", "bm-warn"),
        /** A finding about the drawing. */
        FINDING("▲", "bm-warn"),
        /** Proxies run something else than is drawn and saved. */
        DRIFT("○", "bm-muted"),
        /** A drawn link that carries nothing. */
        UNUSED("○", "bm-muted");

        private final String mark;
        private final String tone;

        Rank(String mark, String tone) {
            this.mark = mark;
            this.tone = tone;
        }

        /** A shape, so that colour is not all that tells. */
        String mark() {
            return mark;
        }

        String tone() {
            return tone;
        }
    }
}
