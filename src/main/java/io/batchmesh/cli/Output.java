package io.batchmesh.cli;

import io.batchmesh.json.JsonText;
import tools.jackson.databind.JsonNode;

/** Writes results: one JSON document for scripts, or text in columns for people. */
final class Output {
    private final CommandContext.Console console;

    Output(CommandContext context) {
        this.console = context.console();
    }

    /** A line on standard output. */
    void line(String text) {
        console.out().println(text);
    }

    /** One JSON document on standard output. */
    void json(JsonNode document) {
        console.out().print(JsonText.pretty(document));
        console.out().flush();
    }

    /** A line on standard error: progress, warnings, what a script must not read as a result. */
    void note(String text) {
        console.err().println(text);
    }
}
