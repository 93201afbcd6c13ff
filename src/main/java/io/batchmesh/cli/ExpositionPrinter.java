package io.batchmesh.cli;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.Exemplar;
import io.batchmesh.metrics.Exposition;
import io.batchmesh.metrics.MetricFamily;
import io.batchmesh.metrics.Sample;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints an exposition as JSON for scripts or as text for people. */
final class ExpositionPrinter {
    private final Output output;

    ExpositionPrinter(Output output) {
        this.output = output;
    }

    /** One document, written family by family, so that a large one needs no memory of its own. */
    void json(Exposition exposition) {
        output.line("{\"families\":[");
        var left = exposition.families().size();
        for (var family : exposition.families()) {
            left--;
            output.line(JsonText.compact(node(family)) + (left > 0 ? "," : ""));
        }
        output.line("]}");
    }

    void text(Exposition exposition) {
        for (var family : exposition.families()) {
            var unit = family.unit().isEmpty() ? "" : ", " + family.unit();
            var help = family.help().isEmpty() ? "" : ": " + family.help();
            output.line(
                    printable(family.name() + " (" + family.type().label() + unit + ")" + help));
            for (var sample : family.samples()) {
                output.line(
                        "  " + printable(sample.name() + labels(sample)) + "  " + number(sample));
            }
        }
    }

    private static ObjectNode node(MetricFamily family) {
        return ObjectWriter.object(json ->
                json.put("name", family.name())
                        .put("type", family.type().label())
                        .put("unit", family.unit())
                        .put("help", family.help())
                        .putArray("samples", family.samples(), ExpositionPrinter::node));
    }

    private static ObjectNode node(Sample sample) {
        return ObjectWriter.object(json -> {
            json.put("name", sample.name());
            json.put("labels", node(sample.labels()));
            json.put("value", sample.value());
            timestamp(json, sample.timestamp());
            json.put("exemplar", sample.exemplar(), ExpositionPrinter::node);
        });
    }

    private static ObjectNode node(Exemplar exemplar) {
        return ObjectWriter.object(json -> {
            json.put("labels", node(exemplar.labels()));
            json.put("value", exemplar.value());
            timestamp(json, exemplar.timestamp());
        });
    }

    private static ObjectNode node(Map<String, String> labels) {
        return ObjectWriter.object(json -> labels.forEach((name, value) -> json.put(name, value)));
    }

    /** The field is there in any case, {@code null} for a sample that has no time. */
    private static void timestamp(ObjectWriter json, double seconds) {
        json.put(
                "timestamp",
                Double.isNaN(seconds)
                        ? JsonNodeFactory.instance.nullNode()
                        : ObjectWriter.number(seconds));
    }

    private static String labels(Sample sample) {
        return sample.labels().isEmpty()
                ? ""
                : sample.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String number(Sample sample) {
        return ObjectWriter.number(sample.value()).asString();
    }

    /** What is foreign must not steer the terminal that it is shown on. */
    private static String printable(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\n') {
                        shown.append("\\n");
                    } else if (Character.isISOControl(c)) {
                        shown.append('?');
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return shown.toString();
    }
}
