package io.batchmesh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.document.DocumentVersion;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {
    private static final String RUNNING =
            """
            { "proxy": "p", "links": [
              { "link": "a->b", "batch": { "linger": "2ms", "maxItems": 16 },
                "routes": [ { "name": "x" }, { "name": "default", "split": { "v1": 90 } } ] } ] }
            """;

    @Test
    void whatRunsAsDesiredIsNoChange() {
        var plan = plan(RUNNING, RUNNING);
        assertTrue(plan.isEmpty());
        assertEquals(1, plan.unchanged().size());
    }

    @Test
    void aFieldOfALinkIsNamedByTheLinkAndItsPath() {
        var plan = plan(RUNNING, RUNNING.replace("2ms", "5ms").replace("90", "80"));
        assertEquals(
                List.of(
                        new FieldChange("a->b", "batch.linger", "2ms", "5ms"),
                        new FieldChange("a->b", "routes.default.split.v1", "90", "80")),
                plan.changes().getFirst().fields());
    }

    @Test
    void aRouteThatIsAddedInTheMiddleIsOneChangeAndNoShift() {
        var plan =
                plan(
                        RUNNING,
                        RUNNING.replace(
                                "{ \"name\": \"x\" },",
                                "{ \"name\": \"x\" }," + " { \"name\": \"y\" },"));
        assertEquals(
                List.of(new FieldChange("a->b", "routes.y.name", "", "y")),
                plan.changes().getFirst().fields());
    }

    @Test
    void theLastLinkThatGoesIsNamedAsAnyOther() {
        var fields =
                plan(
                                "{ \"links\": [ { \"link\": \"a->b\", \"host\": \"b\" } ] }",
                                "{ \"links\": [] }")
                        .changes()
                        .getFirst()
                        .fields();
        assertEquals(
                List.of(
                        new FieldChange("a->b", "link", "a->b", ""),
                        new FieldChange("a->b", "host", "b", "")),
                fields);
    }

    @Test
    void anotherOrderOfRoutesIsAChange() {
        var other =
                RUNNING.replace("{ \"name\": \"x\" }, ", "")
                        .replace("{ \"v1\": 90 } }", "{ \"v1\": 90 } }, { \"name\": \"x\" }");
        assertEquals(
                List.of(new FieldChange("a->b", "routes", "x, default", "default, x")),
                plan(RUNNING, other).changes().getFirst().fields());
    }

    @Test
    void aProxyThatCannotBeReachedStaysInThePlanAsUnknown() {
        var desired = document(RUNNING);
        var plan =
                PlanBuilder.plan(
                        List.of(desired),
                        Map.of(desired.id(), new RunningDocument.Unreachable("refused")));
        var change = plan.changes().getFirst();
        assertEquals(DocumentChange.Kind.UNKNOWN, change.kind());
        assertEquals("unreachable: refused", change.problem());
    }

    @Test
    void aDocumentThatRunsAndIsNotDesiredIsARemovalAndComesLast() {
        var desired = document(RUNNING);
        var other = new Document(DocumentId.sidecar("q"), desired.body(), desired.version());
        var plan =
                PlanBuilder.plan(
                        List.of(desired),
                        Map.of(
                                other.id(), new RunningDocument.Present(other),
                                desired.id(), new RunningDocument.Absent()));
        assertEquals(
                List.of(DocumentChange.Kind.ADD, DocumentChange.Kind.REMOVE),
                plan.changes().stream().map(DocumentChange::kind).toList());
    }

    private static Plan plan(String running, String desired) {
        var document = document(desired);
        return PlanBuilder.plan(
                List.of(document),
                Map.of(document.id(), new RunningDocument.Present(document(running))));
    }

    private static Document document(String json) {
        var parsed = JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8));
        var root = assertInstanceOf(Parsed.Ok.class, parsed).document().root();
        return new Document(DocumentId.sidecar("p"), root, new DocumentVersion(root.toString()));
    }
}
