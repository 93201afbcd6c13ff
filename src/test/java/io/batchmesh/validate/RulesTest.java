package io.batchmesh.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule, on a topology that breaks it and on one like it that does not. */
class RulesTest {
    private static Stream<RuleCase> cases() {
        return Stream.of(DrawingCases.all(), WindowCases.all(), PolicyCases.all(), AlertCases.all())
                .flatMap(List::stream);
    }

    @TestFactory
    Stream<DynamicTest> everyRuleFindsWhatItIsForAndNothingNextToIt() {
        return cases().map(
                        c -> DynamicTest.dynamicTest(c.rule() + " " + c.pointer(), () -> check(c)));
    }

    private static void check(RuleCase c) {
        var found = Validator.validate(c.bad());
        assertTrue(
                found.stream().anyMatch(c::isIt),
                c.rule() + " at " + c.pointer() + " is not among " + found);
        for (var finding : found) {
            assertFalse(finding.message().isBlank(), finding.toString());
            assertFalse(finding.mend().isBlank(), finding.toString());
        }
        var good = Validator.validate(c.good());
        assertFalse(good.stream().anyMatch(c::isIt), "not there: " + good);
    }

    @Test
    void everyRuleHasACase() throws IOException {
        var written = new TreeSet<String>();
        var id = Pattern.compile("\"(BM-[1-9][0-9]{2})\"");
        try (var files = Files.list(Path.of("src/main/java/io/batchmesh/validate"))) {
            for (var file : files.toList()) {
                id.matcher(Files.readString(file)).results().forEach(r -> written.add(r.group(1)));
            }
        }
        var tested = new TreeSet<String>();
        cases().forEach(c -> tested.add(c.rule()));
        assertEquals(written, tested);
    }

    @Test
    void theWorstComesFirst() {
        var found = Validator.validate(PolicyCases.circle("2"));
        var order = found.stream().map(Finding::severity).toList();
        assertEquals(order.stream().sorted().toList(), order);
    }

    @Test
    void anEmptyTopologyHasNoFindings() {
        assertEquals(List.of(), Validator.validate(Topology.empty("x")));
    }
}
