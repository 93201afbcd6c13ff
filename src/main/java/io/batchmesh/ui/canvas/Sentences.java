package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The things on the canvas in words, for screen readers. */
final class Sentences {
    private Sentences() {}

    static String of(Thing thing, Picture picture) {
        return switch (thing) {
            case Thing.OfService(var id) -> {
                var card = picture.card(id);
                yield card == null ? id.name() : of(card);
            }
            case Thing.Port(var id) -> "Handle of " + id + ", drag to another service for a link";
            case Thing.OfLink(var id) -> {
                var link = picture.link(id);
                var badge = picture.badge(id);
                yield link == null || badge == null ? id.toString() : of(link, badge);
            }
            case Thing.OfNote(var index) ->
                    picture.notes().stream()
                            .filter(note -> note.index() == index)
                            .map(note -> "Note: " + String.join(" ", note.lines()))
                            .findFirst()
                            .orElse("Note");
            case Thing.OfGroup(var name) -> "Group " + name;
            case Thing.Ground() -> of(picture);
        };
    }

    /** The whole picture. */
    static String of(Picture picture) {
        return picture.isEmpty()
                ? "Nothing drawn yet. Add a service, or open a file."
                : summary(picture) + " Arrow keys walk along the links.";
    }

    /** How many of what, and how many of them ask for attention. */
    static String summary(Picture picture) {
        var attention =
                picture.cards().values().stream()
                        .filter(c -> c.health() == Health.WARN || c.health() == Health.ERROR)
                        .count();
        return "Topology of "
                + count(picture.cards().size(), "service")
                + " and "
                + count(picture.links().size(), "link")
                + (attention == 0
                        ? ""
                        : ", " + count((int) attention, "service") + " need attention")
                + ".";
    }

    static String of(Card card) {
        var parts = new ArrayList<String>();
        parts.add(card.id().name());
        parts.add(kind(card.face().kind()));
        parts.add(card.health().words());
        if (card.face().facts() != null) {
            parts.add(card.face().facts());
        }
        parts.addAll(numbers(card.reading()));
        var attention = card.marks().attention();
        if (attention != null) {
            parts.add(attention.words());
        }
        if (card.face().corner().endsWith("TLS")) {
            parts.add(card.face().corner());
        }
        for (var chip : card.chips()) {
            parts.add(of(chip));
        }
        var stamp = card.marks().stamp();
        if (stamp != null) {
            parts.add("proxies: " + stamp.text());
        }
        if (card.marks().selected()) {
            parts.add("selected");
        }
        return String.join(", ", parts);
    }

    /** {@code subset v1 set 90 seen 89.7 edit 80}. */
    static String of(SubsetChip chip) {
        var words = new StringBuilder("subset ").append(chip.name());
        if (chip.runs() != null) {
            words.append(" set ").append(chip.runs());
        }
        if (!Double.isNaN(chip.seen())) {
            words.append(String.format(Locale.ROOT, " seen %.1f %%", 100 * chip.seen()));
        }
        if (chip.edit() != null) {
            words.append(" edit ").append(chip.edit());
        }
        return words.toString();
    }

    static String of(LinkLine link, Badge badge) {
        var parts = new ArrayList<String>();
        parts.add("Link from " + link.id().from() + " to " + link.id().to());
        parts.addAll(numbers(link.reading()));
        parts.add(badge.lines().stream().map(Words::text).collect(Collectors.joining(", ")));
        if (link.selected()) {
            parts.add("selected");
        }
        return String.join(", ", parts);
    }

    private static List<String> numbers(Reading reading) {
        var parts = new ArrayList<String>();
        if (!reading.known()) {
            return parts;
        }
        if (reading.stale()) {
            parts.add("seen " + reading.ageWords());
        }
        parts.add(reading.rateWords());
        if (!Double.isNaN(reading.p99())) {
            parts.add(reading.p99Words());
        }
        if (reading.errorTone() != Tone.PLAIN) {
            parts.add(reading.errorWords());
        }
        return parts;
    }

    private static String kind(ServiceKind kind) {
        return switch (kind) {
            case SERVICE -> "service";
            case GATEWAY -> "gateway";
            case EXTERNAL -> "external service";
        };
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
