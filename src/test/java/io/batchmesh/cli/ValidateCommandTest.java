package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ValidateCommandTest {
    private static final String HEAD = "{ \"format\": \"batchmesh/v1\", \"name\": \"x\",\n";

    private final CommandRun shell = new CommandRun();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void close() {
        shell.close();
    }

    private int run(String... arguments) {
        return shell.run(arguments);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private JsonNode json() {
        return shell.json().get("findings");
    }

    private void assertSays(String message) {
        assertTrue(shell.out().contains(message), shell.out());
    }

    @Test
    void aSoundFileHasNoFindings() throws IOException {
        var file = file("t.json", HEAD + "\"services\": [] }");
        assertEquals(ExitCode.DONE, run("validate", file.toString()));
        assertEquals("", shell.out());
        assertEquals("no findings\n", shell.err());
    }

    @Test
    void aDanglingReferenceIsAnErrorAtItsLineAndColumn() throws IOException {
        var file = file("t.json", HEAD + "\"links\": [ { \"from\": \"a\",\n  \"to\": \"b\" } ] }");
        assertEquals(ExitCode.INVALID, run("validate", file.toString()));
        assertSays(file + ":2:14: error BM-102: there is no service 'a'; add it");
        assertSays(file + ":3:3: error BM-102: there is no service 'b'; add it");
        assertEquals("2 errors\n", shell.err());
    }

    @Test
    void aWarningAloneIsNoReasonToFail() throws IOException {
        var file = file("t.json", HEAD + "\"services\": [ { \"name\": \"a\" } ] }");
        assertEquals(ExitCode.DONE, run("validate", file.toString()));
        assertSays("warning BM-124");
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
        var text =
                "\"links\": [ { \"from\": \"a\", \"to\": \"b\",\n"
                        + "  \"batch\": { \"linger\": \"-5ms\" } } ] }";
        var file = file("t.json", HEAD + text);
        assertEquals(ExitCode.INVALID, run("validate", "--json", file.toString()));
        var finding = json().get(0);
        assertEquals("BM-001", finding.get("rule").asString());
        assertEquals("error", finding.get("severity").asString());
        assertEquals(file.toString(), finding.get("file").asString());
        assertEquals(3, finding.get("line").asInt());
        assertEquals(14, finding.get("column").asInt());
        assertEquals("/links/0/batch/linger", finding.get("pointer").asString());
        assertTrue(finding.get("message").asString().contains("negative"));
        assertTrue(finding.has("mend"));
        assertEquals("", shell.err());
    }

    @Test
    void theFindingsOfSeveralFilesAreOneDocument() throws IOException {
        var bad = file("bad.json", "{\n  \"format\": ]");
        var worse = file("worse.json", HEAD + "\"servces\": [] }");
        var missing = directory.resolve("missing.json");
        int code = run("validate", "--json", bad.toString(), worse + "", missing.toString());
        assertEquals(ExitCode.INVALID, code);
        assertEquals(3, json().size());
        assertEquals(2, json().get(0).get("line").asInt());
        assertTrue(json().get(0).get("column").asInt() > 0);
        assertEquals("unknown field 'servces'", json().get(1).get("message").asString());
        assertEquals("there is no such file", json().get(2).get("message").asString());
    }

    @Test
    void aFileOfFiftyMegabytesIsRefusedUnread() throws IOException {
        var big = directory.resolve("big.json");
        try (var file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(50L << 20);
        }
        assertEquals(ExitCode.INVALID, run("validate", big.toString()));
        assertSays(big + ": error BM-001: the file has 52428800 bytes; at most 32 MiB are read");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertEquals(ExitCode.INVALID, run("validate", directory.toString()));
        assertSays("it is a directory");
    }

    @Test
    void garbageIsRefusedWithItsPlace() throws IOException {
        var file = directory.resolve("garbage.json");
        Files.write(file, new byte[] {(byte) 0xff, 0, 1, 2, 3, (byte) 0x80});
        assertEquals(ExitCode.INVALID, run("validate", file.toString()));
        assertSays("error BM-001");
    }

    @Test
    void aTextNestedTooDeepIsRefused() throws IOException {
        var file = file("deep.json", "[".repeat(100_000));
        assertEquals(ExitCode.INVALID, run("validate", file.toString()));
        assertSays("error BM-001");
    }

    @Test
    void whatATerminalWouldObeyIsNotPrinted() throws IOException {
        var file =
                file(
                        "t.json",
                        HEAD + "\"links\": [ { \"from\": \"\\u001b[2J\", \"to\": \"b\" } ] }");
        run("validate", file.toString());
        assertFalse(shell.out().contains("\u001b"), shell.out());
    }

    @Test
    void withoutAFileTheUsageIsShown() {
        assertEquals(ExitCode.USAGE, run("validate"));
        assertTrue(shell.err().contains("FILE"), shell.err());
    }
}
