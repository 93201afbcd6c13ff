package io.batchmesh.ui.shell;

import io.batchmesh.ui.Selection;
import java.time.Instant;

/**
 * Something that happened.
 *
 * @param at when
 * @param kind what sort of thing
 * @param what in a few words
 * @param who did it, empty where nobody did or says
 * @param where it happened
 * @param target what is selected by it
 */
record TimelineEntry(
        Instant at, Kind kind, String what, String who, String where, Selection target) {
    /** Sorts of things. */
    enum Kind {
        /** A push of this user. */
        PUSH("● push"),
        /** Somebody else's config, or one that nobody tells of. */
        FOREIGN("▲ foreign"),
        /** A proxy went back by itself. */
        REVERTED("▲ went back"),
        /** A proxy began. */
        START("○ start"),
        /** A switch by hand. */
        BY_HAND("▲ by hand"),
        /** An alert that calls somebody now. */
        ALERT("■ alert"),
        /** One that calls somebody within days. */
        TICKET("▲ alert"),
        /** An alert ended. */
        RESOLVED("● resolved"),
        /** A note that somebody made. */
        NOTE("○ note");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** With a shape before it. */
        String label() {
            return label;
        }

        /** Whether it belongs onto the plots. */
        boolean marked() {
            return this != RESOLVED && this != NOTE && this != START;
        }

        /** The chapter of the list that it is in. */
        String chapter() {
            return switch (this) {
                case PUSH, FOREIGN, REVERTED, START -> TimelinePane.CONFIGS;
                case BY_HAND -> TimelinePane.BY_HAND;
                case ALERT, TICKET, RESOLVED -> TimelinePane.ALERTS;
                case NOTE -> TimelinePane.NOTES;
            };
        }
    }

    /** The same for as long as it is the same thing, whatever becomes known of it. */
    String key() {
        return at + " " + kind + " " + where + " " + (kind == Kind.PUSH ? "" : what);
    }

    /** A word or two for a mark in the plots. */
    String mark() {
        return switch (kind) {
            case PUSH -> what.split(":", 2)[0].replace('-', ' ');
            case FOREIGN -> "foreign: " + (who.isEmpty() ? where : who);
            case REVERTED -> "went back";
            case BY_HAND -> "by hand: " + where;
            case ALERT, TICKET -> kind.label().charAt(0) + " " + where;
            default -> what;
        };
    }
}
