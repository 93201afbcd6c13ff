package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.observe.TapState;
import io.batchmesh.observe.TapView;
import io.batchmesh.quantity.Durations;
import io.batchmesh.target.TapEnd;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a tap has seen, in words. */
final class TapWriting {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private TapWriting() {}

    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    static String time(Duration duration) {
        return Formats.latency(Durations.seconds(duration));
    }

    /** The stages in words, for who cannot see the bar. */
    static String stages(TappedRequest.Times times) {
        var parts = new ArrayList<String>();
        for (var stage : Stage.values()) {
            parts.add(stage.label() + " " + time(times.of(stage)));
        }
        return String.join(", ", parts);
    }

    /** What the stage send consists of; empty where that is not known. */
    static String parts(TappedRequest.Times times) {
        var parts = new ArrayList<String>();
        for (var part : SendPart.values()) {
            var took = times.send().get(part);
            if (took != null) {
                parts.add(part.label().replace('_', ' ') + " " + time(took));
            }
        }
        return parts.isEmpty() ? "" : "send: " + String.join(" · ", parts);
    }

    static String target(TappedRequest request) {
        var query = request.asked().query();
        return request.asked().path() + (query == null ? "" : "?" + query);
    }

    /** What a request was, beside its stages: pairs of a name and a value. */
    static List<List<String>> facts(TapView.Entry entry) {
        var request = entry.request();
        var facts = new ArrayList<List<String>>();
        facts.add(List.of("Arrived", clock(request.time())));
        facts.add(List.of("Through", entry.proxy().name()));
        facts.add(List.of("Route", request.went().route() + " to " + request.went().subset()));
        var endpoint = request.went().endpoint();
        facts.add(List.of("Endpoint", endpoint == null ? "sent to none" : endpoint));
        var batch = request.batch();
        if (batch != null) {
            facts.add(
                    List.of(
                            "Batch",
                            "%d items, flushed by %s, %s"
                                    .formatted(batch.items(), batch.reason().label(), batch.id())));
        } else {
            facts.add(List.of("Answered", request.answer().way()));
        }
        if (request.answer().retries() > 0) {
            facts.add(List.of("Sent again", request.answer().retries() + " ×"));
        }
        var trace = request.trace();
        if (trace != null) {
            facts.add(List.of("Trace", trace.traceId()));
        }
        request.asked().headers().forEach((name, value) -> facts.add(List.of(name, value)));
        return facts;
    }

    /** How the tap does, in a line. */
    static String state(TapView view, boolean going) {
        var counts = view.counts();
        var words = new ArrayList<String>();
        words.add(view.number() + " shown");
        words.add(Math.max(view.number(), counts.matched()) + " matched");
        if (counts.limited() > 0) {
            words.add(counts.limited() + " over the rate");
        }
        if (counts.dropped() > 0) {
            words.add(counts.dropped() + " dropped");
        }
        var until =
                view.states().values().stream()
                        .filter(TapState.Open.class::isInstance)
                        .map(s -> ((TapState.Open) s).until())
                        .max(Instant::compareTo);
        until.ifPresent(end -> words.add("ends " + UNTIL.format(end)));
        if (!going) {
            words.add("over");
        }
        return String.join(" · ", words);
    }

    /** Why some proxies show nothing; empty when all do. */
    static String trouble(TapView view) {
        var words = new ArrayList<String>();
        view.states()
                .forEach((proxy, state) -> {
                    if (state instanceof TapState.Ended(var how)) {
                        var why = why(how);
                        if (!why.isEmpty()) {
                            words.add(proxy.name() + " " + why);
                        }
                    }
                });
        return String.join("; ", words);
    }

    private static String why(TapEnd how) {
        return switch (how) {
            case TapEnd.Over _, TapEnd.Closed _ -> "";
            case TapEnd.Impossible _ -> "shows no single requests: it is of another kind, or older";
            case TapEnd.Refused(var reason) -> "refuses: " + reason;
            case TapEnd.Broken(var reason) -> "is not reached: " + reason;
        };
    }
}
