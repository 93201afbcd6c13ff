package io.batchmesh.bench;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Everything that was measured, as tables and as JSON. */
final class Report {
    private static final String BEGIN = "<!-- benchmark: begin -->";
    private static final String END = "<!-- benchmark: end -->";

    private final List<Check> checks = new ArrayList<>();
    private final List<Measured> measured = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();

    void add(Measured run) {
        measured.add(run);
    }

    void add(Check check) {
        checks.add(check);
    }

    void note(String text) {
        notes.add(text);
    }

    /** A part of the page that stands by itself, with its title. */
    void section(String markdown) {
        sections.add(markdown);
    }

    List<Check> missed() {
        return checks.stream().filter(c -> !c.meets(c.bar())).toList();
    }

    /** The table of bars and goals. */
    String table() {
        var text = new StringBuilder();
        text.append("| row | what | measured | bar | goal | |\n|---|---|---|---|---|---|\n");
        checks.forEach(check -> text.append(check.line()).append('\n'));
        text.append(Machine.disturbance());
        return text.toString();
    }

    /** All of it. */
    String page() {
        var text = new StringBuilder("# The benchmark\n\n");
        text.append(
                """
                Made by `mvn -Pbench verify`. Medians of interleaved rounds. Without a slow link, load and service
                share one processor and all proxies the other; over one (rows 4 to 7) the proxies may use any
                processor, since the two ends of such a link stand on two machines. Each proxy has one thread for
                traffic. CPU is user and system time of the proxies' processes. Load is closed-loop (wrk), so ratios of latency are at each one's own rate.
                The slow link is a relay with exact delay and rate; bytes are those of TCP payload, both ways.

                """);
        text.append(table()).append('\n');
        notes.forEach(note -> text.append(note).append("\n\n"));
        measured.forEach(run -> text.append(run.markdown()));
        sections.forEach(section -> text.append(section).append('\n'));
        text.append("### Machine\n\n| | |\n|---|---|\n");
        Machine.facts()
                .forEach((name, value) ->
                        text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        return text.toString();
    }

    String json() {
        return JsonText.pretty(
                ObjectWriter.object(o ->
                        o.putArray("checks", checks, Report::json)
                                .putArray("runs", measured, Report::json)
                                .putMap("machine", Machine.facts(), Report::text)));
    }

    private static tools.jackson.databind.JsonNode text(String value) {
        return tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(value);
    }

    private static ObjectNode json(Check check) {
        return ObjectWriter.object(o ->
                o.put("row", check.row())
                        .put("what", check.what())
                        .put("value", check.value())
                        .put("bar", check.bar())
                        .put("goal", check.goal())
                        .put("unit", check.unit())
                        .put("verdict", check.verdict().replace("*", "")));
    }

    private static ObjectNode json(Measured run) {
        return ObjectWriter.object(o ->
                o.put("title", run.title())
                        .putArray("variants", run.samples().entrySet(), Report::json));
    }

    private static ObjectNode json(Map.Entry<String, Sample> variant) {
        var s = variant.getValue();
        return ObjectWriter.object(o ->
                o.put("name", variant.getKey())
                        .put("requestsPerSecond", s.rate())
                        .put("p50", s.p50())
                        .put("p99", s.p99())
                        .put("cpuPerRequest", s.cpu())
                        .put("wireBytesPerRequest", s.wireBytes())
                        .put("errors", s.errors().sum())
                        .put("errorKinds", s.errors().toString()));
    }

    /** Puts the table between its marks in a file that has them. */
    void into(Path readme) throws IOException {
        var text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin >= 0 && end > begin) {
            Files.writeString(
                    readme,
                    text.substring(0, begin + BEGIN.length())
                            + "\n"
                            + table()
                            + text.substring(end));
        }
    }
}
