package io.batchmesh.admin;

import io.batchmesh.json.Fault;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that says what is wrong; RFC 9457. A config's faults stand in {@code errors}, each with
 * a {@code pointer} (RFC 6901, as a URI fragment), a {@code detail} and, where there is one, a
 * {@code mend}; with line and column where the text has them.
 */
final class Problem {
    private Problem() {}

    static AdminResponse of(int status, String title, String detail) {
        return of(status, title, detail, List.of());
    }

    static AdminResponse of(int status, String title, String detail, List<Fault> faults) {
        var body =
                ObjectWriter.object(o ->
                        o.put("type", "about:blank")
                                .put("title", title)
                                .put("status", status)
                                .put("detail", detail)
                                .putAll("errors", faults, Problem::write));
        var text = JsonText.pretty(body).getBytes(StandardCharsets.UTF_8);
        return AdminResponse.of(status, "application/problem+json", text);
    }

    private static ObjectNode write(Fault fault) {
        return ObjectWriter.object(o -> {
            o.put("pointer", "#" + fault.pointer()).put("detail", fault.message());
            if (!fault.mend().isEmpty()) {
                o.put("mend", fault.mend());
            }
            if (fault.line() > 0) {
                o.put("line", fault.line()).put("column", fault.column());
            }
        });
    }
}
