package io.batchmesh.cli;

import io.batchmesh.admin.tap.TapCounts;
import io.batchmesh.metrics.Stage;
import io.batchmesh.observe.TapState;
import io.batchmesh.observe.TapView;
import io.batchmesh.quantity.Durations;
import io.batchmesh.target.TapEnd;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tapped requests as lines for people. */
final class TapText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private TapText() {}

    /** A request in two or three lines: what, how long by stage, and in what batch. */
    static List<String> lines(TapView.Entry entry) {
        var request = entry.request();
        var went = request.went();
        var asked = request.asked();
        var answer = request.answer();
        var lines = new ArrayList<String>();
        var query = asked.query() == null ? "" : "?" + asked.query();
        lines.add(
                Plain.text(
                        "%s  %s  %d  %s %s%s  %s  %s"
                                .formatted(
                                        TIME.format(request.time().atZone(ZoneId.systemDefault())),
                                        went.link(),
                                        answer.code(),
                                        asked.method(),
                                        asked.path(),
                                        query,
                                        Figures.latency(Durations.seconds(request.times().whole())),
                                        answer.way())));
        if (!request.times().stages().isEmpty()) {
            lines.add("    " + stages(entry));
        }
        lines.add("    " + Plain.text(detail(entry)));
        return lines;
    }

    private static String stages(TapView.Entry entry) {
        var times = entry.request().times();
        var parts = new ArrayList<String>();
        for (var stage : Stage.values()) {
            parts.add(stage.label() + " " + Figures.latency(Durations.seconds(times.of(stage))));
        }
        return String.join(" · ", parts);
    }

    private static String detail(TapView.Entry entry) {
        var request = entry.request();
        var parts = new ArrayList<String>();
        parts.add("route " + request.went().route() + "/" + request.went().subset());
        var endpoint = request.went().endpoint();
        parts.add(endpoint == null ? "sent to nobody" : "to " + endpoint);
        var batch = request.batch();
        if (batch != null) {
            parts.add(
                    "batch %s of %d, by %s"
                            .formatted(batch.id(), batch.items(), batch.reason().label()));
        }
        if (request.answer().retries() > 0) {
            parts.add("sent again " + request.answer().retries() + " times");
        }
        var trace = request.trace();
        if (trace != null) {
            parts.add("trace " + trace.traceId());
        }
        request.asked().headers().forEach((name, value) -> parts.add(name + ": " + value));
        return String.join(" · ", parts);
    }

    /** How a tap at a proxy does. */
    static String state(TapState state) {
        return switch (state) {
            case TapState.Opening _ -> "no answer yet";
            case TapState.Open _ -> "open";
            case TapState.Ended(var how) ->
                    switch (how) {
                        case TapEnd.Over(var reason) -> "over (" + Plain.text(reason) + ")";
                        case TapEnd.Closed _ -> "closed";
                        case TapEnd.Impossible _ -> "cannot be tapped: it has no such call";
                        case TapEnd.Refused(var why) -> "refused: " + Plain.text(why);
                        case TapEnd.Broken(var why) -> "unreachable: " + Plain.text(why);
                    };
        };
    }

    /** What became of all. */
    static String summary(long shown, TapCounts counts) {
        return "%d requests shown; %d matched, %d of them over the rate, %d dropped"
                .formatted(
                        shown,
                        Math.max(shown, counts.matched()),
                        counts.limited(),
                        counts.dropped());
    }
}
