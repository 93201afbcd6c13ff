package io.batchmesh.plan;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The changes of a plan as people speak of them: the fields of one thing together, and what several
 * proxies of a service would get only once. First and unknown configs are one line each. Pure.
 */
public final class PlanLines {
    private final Map<Key, List<DocumentId>> lines = new LinkedHashMap<>();

    private PlanLines() {}

    private record Key(String subject, String aspect, String from, String to) {}

    /** The lines, in the order of the plan. */
    public static List<PlanLine> of(Plan plan) {
        var lines = new PlanLines();
        plan.changes().forEach(lines::add);
        var result = new ArrayList<PlanLine>();
        lines.lines.forEach((k, documents) ->
                result.add(new PlanLine(k.subject, k.aspect, k.from, k.to, documents)));
        return List.copyOf(result);
    }

    private void add(DocumentChange change) {
        var name = change.id().name();
        switch (change.kind()) {
            case ADD -> add(change, new Key(name, "config", "", "its first"));
            case REMOVE -> add(change, new Key(name, "config", "runs", change.problem()));
            case UNKNOWN -> add(change, new Key(name, "config", "not known", change.problem()));
            case CHANGE -> addFields(change);
        }
    }

    private void add(DocumentChange change, Key key) {
        lines.computeIfAbsent(key, k -> new ArrayList<>()).add(change.id());
    }

    private void addFields(DocumentChange change) {
        var byThing = new LinkedHashMap<Thing, List<FieldChange>>();
        for (var field : change.fields()) {
            byThing.computeIfAbsent(Thing.of(field), t -> new ArrayList<>()).add(field);
        }
        byThing.forEach((thing, fields) -> add(change, key(change, thing, fields)));
    }

    /** Part of a link or of a proxy whose fields are told together. */
    private record Thing(String subject, String aspect, String path) {
        static Thing of(FieldChange change) {
            var parts = change.field().split("\\.", 3);
            var first = parts[0];
            var second = parts.length > 1 ? parts[1] : "";
            if (change.subject().isEmpty() || second.isEmpty()) {
                return new Thing(change.subject(), change.field(), change.field());
            }
            return switch (first) {
                case "batch" ->
                        second.equals("cache") || second.equals("compression")
                                ? new Thing(change.subject(), second, "batch." + second)
                                : new Thing(change.subject(), "window", "batch");
                case "routes" -> new Thing(change.subject(), "route " + second, "routes." + second);
                case "subsets" ->
                        new Thing(change.subject(), "endpoints of " + second, "subsets." + second);
                default -> new Thing(change.subject(), first, first);
            };
        }
    }

    private static Key key(DocumentChange change, Thing thing, List<FieldChange> fields) {
        if (thing.aspect().equals("window")) {
            var from = WindowText.of(window(change.running(), thing), fields);
            var to = WindowText.of(window(change.desired(), thing), fields);
            return new Key(thing.subject(), thing.aspect(), from, to);
        }
        var subject = thing.subject().isEmpty() ? change.id().name() : thing.subject();
        return new Key(
                subject, thing.aspect(), text(thing, fields, true), text(thing, fields, false));
    }

    private static @Nullable JsonNode window(@Nullable Document document, Thing thing) {
        var links = document == null ? null : document.body().get("links");
        if (links != null) {
            for (var link : links) {
                var name = link.get("link");
                if (name != null && name.asString().equals(thing.subject())) {
                    return link.get("batch");
                }
            }
        }
        return null;
    }

    /** The values on one side, each with its own name where there are several things to name. */
    private static String text(Thing thing, List<FieldChange> fields, boolean before) {
        var parts = new ArrayList<String>();
        for (var field : fields) {
            var value = before ? field.from() : field.to();
            if (!value.isEmpty()) {
                var name = field.field().equals(thing.path()) ? "" : rest(thing, field) + " ";
                parts.add(name + value);
            }
        }
        return String.join(" · ", parts);
    }

    private static String rest(Thing thing, FieldChange field) {
        return field.field().substring(thing.path().length() + 1);
    }
}
