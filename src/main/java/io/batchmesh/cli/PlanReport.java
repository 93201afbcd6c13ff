package io.batchmesh.cli;

import io.batchmesh.document.DocumentId;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.plan.FieldChange;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.PlanLine;
import io.batchmesh.plan.PlanLines;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints a plan. */
final class PlanReport {
    private static final int MOST_NAMES = 4;

    private PlanReport() {}

    static ObjectNode json(Plan plan, String target, String revision) {
        return ObjectWriter.object(o ->
                o.put("target", target)
                        .put("revision", revision)
                        .putArray("changes", fields(plan), f -> f)
                        .putArray("unknown", of(plan, DocumentChange.Kind.UNKNOWN), f -> f)
                        .putArray("removed", of(plan, DocumentChange.Kind.REMOVE), f -> f)
                        .putArray(
                                "unchanged",
                                plan.unchanged(),
                                id -> JsonNodeFactory.instance.stringNode(id.name())));
    }

    private static List<ObjectNode> fields(Plan plan) {
        var result = new ArrayList<ObjectNode>();
        for (var change : plan.changes()) {
            change.fields().forEach(f -> result.add(field(change.id(), f)));
        }
        return result;
    }

    private static ObjectNode field(DocumentId document, FieldChange change) {
        var subject = change.subject().isEmpty() ? document.name() : change.subject();
        return ObjectWriter.object(o ->
                o.put("document", document.toString())
                        .put("proxy", document.name())
                        .put("subject", subject)
                        .put("field", change.field())
                        .put("from", change.from())
                        .put("to", change.to()));
    }

    private static List<ObjectNode> of(Plan plan, DocumentChange.Kind kind) {
        return plan.changes().stream()
                .filter(c -> c.kind() == kind)
                .map(c ->
                        ObjectWriter.object(o ->
                                o.put("document", c.id().toString())
                                        .put("proxy", c.id().name())
                                        .put("reason", c.problem())))
                .toList();
    }

    /** The plan for people, a line for each change and one for the sum. */
    static List<String> lines(Plan plan, String target) {
        var lines = new ArrayList<String>();
        PlanLines.of(plan).forEach(line -> lines.add(Plain.text(line.describe() + who(line))));
        lines.add(summary(plan, target));
        return lines;
    }

    private static String who(PlanLine line) {
        var names = line.documents().stream().map(DocumentId::name).toList();
        if (names.equals(List.of(line.subject()))) {
            return "";
        }
        var some = String.join(", ", names.stream().limit(MOST_NAMES).toList());
        int more = names.size() - MOST_NAMES;
        return "  (" + some + (more > 0 ? " and " + more + " more" : "") + ")";
    }

    private static String summary(Plan plan, String target) {
        if (plan.isEmpty()) {
            return target + ": all " + plan.unchanged().size() + " proxies run what is drawn";
        }
        var parts = new ArrayList<String>();
        add(parts, plan.doable().size(), "to change");
        add(parts, plan.unchanged().size(), "as drawn");
        add(parts, plan.unknown().size(), "not known");
        int removed = plan.changes().size() - plan.doable().size() - plan.unknown().size();
        add(parts, removed, "not drawn");
        return target + ": " + String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + (count == 1 ? " proxy " : " proxies ") + what);
        }
    }
}
