package io.batchmesh.cli;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.model.LinkId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a tap is asked for. */
final class TapOptions {
    @Option(names = "--link", paramLabel = "A->B", description = "Only this link; a:b works too.")
    private @Nullable String link;

    @Option(names = "--route", paramLabel = "NAME", description = "Only this route.")
    private @Nullable String route;

    @Option(names = "--method", paramLabel = "METHOD", description = "Only this method.")
    private @Nullable String method;

    @Option(
            names = "--path",
            paramLabel = "PREFIX",
            description = "Only paths that begin so, as the caller sent them.")
    private @Nullable String path;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only this status, such as 404, or this class, such as 5xx.")
    private @Nullable String code;

    @Option(
            names = "--slower",
            paramLabel = "TIME",
            description = "Only requests that took so long, such as 50ms.")
    private @Nullable String slower;

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "Only requests with this header; several must all hold.")
    private List<String> headers = List.of();

    @Option(
            names = "--show",
            paramLabel = "NAME",
            split = ",",
            description = {
                "Shows the values of these request headers, at most 8; of no other one, and of",
                "none that may hold a credential."
            })
    private List<String> shown = List.of();

    @Option(
            names = "--query",
            description = "Shows the values of query parameters, but those of credentials.")
    private boolean query;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most so many requests a second in all, up to 100; 10 by default.")
    private @Nullable String rate;

    @Option(
            names = "--percent",
            paramLabel = "N",
            description = "The share of all requests that is looked at; 100 by default.")
    private @Nullable String percent;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "When it ends by itself, from 1s to 10min; 60s by default.")
    private @Nullable String time;

    /** The link that is meant, or null for all. */
    @Nullable LinkId link() {
        if (link == null) {
            return null;
        }
        var found = LinkId.parse(link.contains("->") ? link : link.replace(":", "->"));
        if (found == null) {
            throw new CommandFailure(ExitCode.USAGE, "'" + link + "' is no link; write a->b");
        }
        return found;
    }

    /**
     * What they say.
     *
     * @throws CommandFailure when it makes no sense
     */
    TapOrder order() {
        var id = link();
        var all = new LinkedHashMap<String, List<String>>();
        put(all, "link", id == null ? null : id.toString());
        put(all, "route", route);
        put(all, "method", method);
        put(all, "pathPrefix", path);
        put(all, "code", code);
        put(all, "minDuration", slower);
        put(all, "rate", rate);
        put(all, "percent", percent);
        put(all, "time", time);
        put(all, "query", query ? "true" : null);
        all.put("header", headers);
        all.put("show", shown);
        return switch (TapParameters.read(all)) {
            case TapParameters.Read.Valid(var order) -> order;
            case TapParameters.Read.Invalid(var faults) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "--"
                                    + faults.getFirst()
                                            .replaceFirst("^minDuration", "slower")
                                            .replaceFirst("^pathPrefix", "path"));
        };
    }

    private static void put(Map<String, List<String>> to, String name, @Nullable String value) {
        if (value != null) {
            to.put(name, List.of(value));
        }
    }
}
