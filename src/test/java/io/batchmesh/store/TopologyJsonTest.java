package io.batchmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.json.Fault;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyJsonTest {
    private static final int CASES = Boolean.getBoolean("stress") ? 20_000 : 1_000;

    static byte[] contract() {
        try (InputStream in = TopologyJsonTest.class.getResourceAsStream("topology.example.json")) {
            assertTrue(in != null, "the contract example is not on the class path");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Topology read(byte[] text) {
        return switch (TopologyJson.read(text)) {
            case TopologyResult.Read r -> r.topology();
            case TopologyResult.Faulty f -> throw new AssertionError(f.faults().toString());
        };
    }

    private static Topology read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Fault> faults(String text) {
        var result = TopologyJson.read(text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(TopologyResult.Faulty.class, result).faults();
    }

    private static String at(Fault fault) {
        return fault.pointer() + "@" + fault.line() + ":" + fault.column();
    }

    @Test
    void theContractIsReadWhole() {
        var topology = read(contract());
        assertEquals("bookinfo", topology.name());
        assertEquals(2, topology.services().size());
        var reviews = topology.services().get(new ServiceId("reviews"));
        assertEquals(2, reviews == null ? 0 : reviews.traffic().routes().size());
        var link = topology.link(LinkId.of("productpage", "reviews"));
        assertEquals(600.0, link == null ? null : link.simulated().rate());
        assertEquals(2, topology.proxies().size());
    }

    @Test
    void theContractWrittenAndReadIsTheSameTopology() {
        var topology = read(contract());
        var text = TopologyJson.pretty(topology);
        assertEquals(topology, read(text));
        assertEquals(text, TopologyJson.pretty(read(text)));
    }

    @Test
    void everyTopologyIsReadAsItWasWrittenAndWrittenAsItWasRead() {
        for (long seed = 0; seed < CASES; seed++) {
            var topology = Topologies.of(seed);
            var text = TopologyJson.pretty(topology);
            var back = read(text);
            assertEquals(topology, back, "seed " + seed);
            assertEquals(text, TopologyJson.pretty(back), "seed " + seed);
        }
    }

    @Test
    void aNameThatIsThereTwiceIsAFaultAtTheSecond() {
        var text =
                """
                { "format": "batchmesh/v1", "name": "x",
                  "services": [ { "name": "a" },
                    { "name": "a", "subsets": [ { "name": "v1" }, { "name": "v1" } ] } ],
                  "links": [ { "from": "a", "to": "b" }, { "from": "a", "to": "b" } ],
                  "proxies": [ { "name": "p", "service": "a" },
                    { "name": "p", "service": "a" } ] }
                """;
        assertEquals(
                List.of(
                        "/services/1/subsets/1/name@3:53",
                        "/services/1/name@3:7",
                        "/links/1/to@4:57",
                        "/proxies/1/name@6:7"),
                faults(text).stream().map(TopologyJsonTest::at).toList());
    }

    @Test
    void anUnknownFieldIsAFaultThatNamesTheKnownOnes() {
        var text =
                """
                { "format": "batchmesh/v1", "name": "x",
                  "links": [ { "from": "a", "to": "b", "batch": { "lingr": "5ms" } } ] }
                """;
        var fault = faults(text).getFirst();
        assertEquals("/links/0/batch/lingr@2:51", at(fault));
        assertEquals("unknown field 'lingr'", fault.message());
        assertTrue(fault.mend().contains("linger"), fault.mend());
    }

    @Test
    void aSyntaxErrorNamesLineAndColumn() {
        var fault = faults("{\n  \"format\": \"batchmesh/v1\",\n  \"name\": oops }\n").getFirst();
        assertEquals(3, fault.line());
        assertTrue(fault.column() > 10, fault.toString());
    }

    @Test
    void aNegativeLingerIsRefusedAtItsPlace() {
        var text =
                """
                { "format": "batchmesh/v1", "name": "x",
                  "links": [ { "from": "a", "to": "b", "batch": { "linger": "-5ms" } } ] }
                """;
        var fault = faults(text).getFirst();
        assertEquals("/links/0/batch/linger@2:51", at(fault));
        assertTrue(fault.message().contains("negative"), fault.message());
    }

    @Test
    void aNewerFormatIsTheOnlyFault() {
        var found = faults("{ \"format\": \"batchmesh/v2\", \"novelty\": 1 }");
        assertEquals(1, found.size());
        assertTrue(found.getFirst().message().contains("newer"), found.toString());
        assertTrue(found.getFirst().mend().contains("newer Batchmesh"), found.toString());
    }

    @Test
    void credentialsInAnAddressAreRefusedAndNotRepeated() {
        var text =
                """
                { "format": "batchmesh/v1", "name": "x", "proxies": [
                  { "name": "p", "service": "a", "admin": "http://me:hunter2@localhost:1" } ] }
                """;
        var found = faults(text).toString();
        assertTrue(found.contains("credentials"), found);
        assertTrue(!found.contains("hunter2"), found);
    }

    @Test
    void theSchemaOfTheFileIsKept() {
        var text = "{ \"$schema\": \"my.json\", \"format\": \"batchmesh/v1\", \"name\": \"x\" }";
        var result = TopologyJson.read(text.getBytes(StandardCharsets.UTF_8));
        assertEquals("my.json", assertInstanceOf(TopologyResult.Read.class, result).schema());
    }
}
