package io.batchmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schema says the same as the reader. */
class TopologySchemaTest {
    private static final List<String> STRANGE =
            List.of(
                    "-1",
                    "1.5",
                    "9999999999",
                    "\"x\"",
                    "\"\"",
                    "\"-5ms\"",
                    "\"1MB\"",
                    "\"5 ms\"",
                    "true",
                    "[]",
                    "{}",
                    "[ 1 ]",
                    "{ \"zzz\": 1 }");

    private static final boolean ALL = Boolean.getBoolean("stress");
    private static final Schema SCHEMA = load();

    private static Schema load() {
        try (var in = TopologyJson.class.getResourceAsStream("/schema/topology-v1.json")) {
            assertTrue(in != null, "the schema is not on the class path");
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> refusals(String text) {
        return SCHEMA.validate(text, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private static boolean isRead(String text) {
        var result = TopologyJson.read(text.getBytes(StandardCharsets.UTF_8));
        return result instanceof TopologyResult.Read;
    }

    private static JsonNode tree(String text) {
        return switch (JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok ok -> ok.document().root();
            case Parsed.Bad bad -> throw new AssertionError(bad);
        };
    }

    private static void assertAgree(JsonNode topology, String what) {
        var text = topology.toString();
        var refusals = SCHEMA.validate(topology).stream().map(Object::toString).toList();
        assertEquals(isRead(text), refusals.isEmpty(), what + ": " + refusals + "\n" + text);
    }

    @Test
    void theContractAndAllSamplesPass() throws IOException {
        assertEquals(
                List.of(),
                refusals(new String(TopologyJsonTest.contract(), StandardCharsets.UTF_8)));
        try (var files = Files.list(Path.of("sample-topologies"))) {
            for (var file : files.toList()) {
                assertEquals(List.of(), refusals(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void whateverIsWrittenPasses() {
        for (long seed = 0; seed < 100; seed++) {
            var text = TopologyJson.pretty(Topologies.of(seed));
            assertEquals(List.of(), refusals(text), "seed " + seed);
        }
    }

    @Test
    void whatTheReaderRefusesTheSchemaRefusesAndTheOtherWayRound() {
        var contract = new String(TopologyJsonTest.contract(), StandardCharsets.UTF_8);
        var whole = tree(contract);
        int turn = 0;
        for (var place : places(whole, "")) {
            for (var value : STRANGE) {
                // By default every fifth, shifted from place to place.
                if (ALL || turn++ % 5 == 0) {
                    var changed = whole.deepCopy();
                    replace(changed, place, tree(value));
                    assertAgree(changed, place + " = " + value);
                }
            }
            var less = whole.deepCopy();
            replace(less, place, null);
            assertAgree(less, place + " removed");
        }
    }

    @Test
    void theyAgreeOnFieldsThatTheContractDoesNotShow() {
        for (long seed = 0; seed < (ALL ? 2_000 : 60); seed++) {
            var text = TopologyJson.pretty(Topologies.of(seed));
            var random = new SplittableRandom(seed);
            var whole = tree(text);
            var places = places(whole, "");
            for (int i = 0; i < 10; i++) {
                var place = places.get(random.nextInt(places.size()));
                var value = STRANGE.get(random.nextInt(STRANGE.size()));
                var changed = whole.deepCopy();
                replace(changed, place, tree(value));
                assertAgree(changed, "seed " + seed + " " + place + " = " + value);
            }
        }
    }

    /** The pointers of all values below the root. */
    private static List<String> places(JsonNode node, String at) {
        var places = new ArrayList<String>();
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(e -> {
                        var name = e.getKey().replace("~", "~0").replace("/", "~1");
                        places.add(at + "/" + name);
                        places.addAll(places(e.getValue(), at + "/" + name));
                    });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.add(at + "/" + i);
            places.addAll(places(node.get(i), at + "/" + i));
        }
        return places;
    }

    private static void replace(JsonNode root, String place, @Nullable JsonNode value) {
        int slash = place.lastIndexOf('/');
        var owner = root.at(place.substring(0, slash));
        var last = place.substring(slash + 1);
        switch (owner) {
            case ArrayNode array when value == null -> array.remove(Integer.parseInt(last));
            case ArrayNode array -> array.set(Integer.parseInt(last), value);
            case ObjectNode object -> {
                var name = last.replace("~1", "/").replace("~0", "~");
                if (value == null) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            default -> throw new AssertionError(place);
        }
    }
}
