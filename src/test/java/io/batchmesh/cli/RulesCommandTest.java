package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
    @TempDir private Path folder;

    private final CommandRun shell = new CommandRun();

    @AfterEach
    void close() {
        shell.close();
    }

    private String file(String alerts) throws IOException {
        var text =
                """
                { "format": "batchmesh/v1", "name": "shop",
                  "services": [
                    { "name": "a", "ports": [ { "name": "http", "port": 8080, "protocol": "http1" } ],
                      "subsets": [ { "name": "v1", "endpoints": [ { "address": "127.0.0.1:9001" } ] } ] },
                    { "name": "b", "ports": [ { "name": "http", "port": 8080, "protocol": "http1" } ],
                      "subsets": [ { "name": "v1", "endpoints": [ { "address": "127.0.0.1:9002" } ] } ] }
                  ],
                  "links": [ { "from": "a", "to": "b" } ],
                  "alerts": [ %s ] }
                """
                        .formatted(alerts);
        return Files.writeString(folder.resolve("shop.json"), text).toString();
    }

    @Test
    void theRulesOfAFileAreWrittenForPrometheus() throws IOException {
        var file =
                file(
                        "{ \"name\": \"slow\", \"link\": \"a->b\", \"threshold\":"
                                + " { \"measure\": \"p99\", \"above\": \"250ms\" }, \"for\": \"1min\" },"
                                + " { \"name\": \"off\", \"link\": \"*\", \"enabled\": false,"
                                + " \"objective\": { \"success\": 99.9 } }");
        var out = folder.resolve("rules.yml");
        assertEquals(
                ExitCode.DONE,
                shell.run("rules", file, "-o", out.toString(), "--rate-window", "2min"),
                shell.err());
        var yaml = Files.readString(out);
        assertTrue(yaml.contains("[2m]))) > 0.25"), yaml);
        assertTrue(yaml.contains("        for: 1m\n"), yaml);
        assertTrue(shell.err().contains("left out: off: it is switched off"), shell.err());
        assertEquals(ExitCode.DONE, shell.run("rules", file, "--json"));
        var group = shell.json().get("groups").get(0);
        assertEquals("batchmesh: shop", group.get("name").stringValue());
        assertEquals(1, group.get("rules").size());
    }

    @Test
    void theUsualRulesAreWrittenWhenAskedFor() throws IOException {
        assertEquals(ExitCode.DONE, shell.run("rules", file(""), "--usual", "--json"));
        assertEquals(7, shell.json().get("groups").get(0).get("rules").size());
    }

    @Test
    void aWindowThatIsNoneAndAFileThatIsFaultyAreRefused() throws IOException {
        assertEquals(ExitCode.USAGE, shell.run("rules", file(""), "--rate-window", "1ms"));
        var faulty = file("{ \"name\": \"x\", \"link\": \"*\" }");
        assertEquals(ExitCode.INVALID, shell.run("rules", faulty));
        assertTrue(shell.err().contains("it is not said when the rule holds"), shell.err());
    }

    @Test
    void aBookmarkThatIsNoneIsRefusedBeforeAnythingOpens() {
        assertEquals(ExitCode.INVALID, shell.run("open", "--view", "batchmesh-view:9:abc"));
        assertTrue(shell.err().contains("--view: it is a bookmark of another"), shell.err());
        assertEquals(ExitCode.INVALID, shell.run("open", "--view", "no-such-file"));
        assertTrue(shell.err().contains("cannot read no-such-file"), shell.err());
    }
}
