package io.batchmesh.ui.shell;

import io.batchmesh.metrics.AnswerKind;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageValue;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.HeatData;
import io.batchmesh.ui.plot.LinePlot.Scales;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The pages of plots of a link. */
final class LinkPages {
    private static final String NO_BATCHES = "no batched traffic seen";
    private static final String NOT_COUNTED = "its proxies do not report this";

    private final Supplier<String> link;

    private LinkPages(Supplier<String> link) {
        this.link = link;
    }

    /** The pages, for whichever link it is at the moment. */
    static List<PlotPage> of(Supplier<String> link) {
        var pages = new LinkPages(link);
        return List.of(
                pages.stages(),
                pages.traffic(),
                pages.latency(),
                pages.throughput(),
                pages.batches(),
                pages.errors());
    }

    private PlotPage stages() {
        var page =
                new PlotPage("Stages", Stage.values().length)
                        .stack("Latency by stage, mean", Measure.LATENCY, this::stack)
                        .empty(NO_BATCHES)
                        .lines("Items and batches", Scales.EACH, this::items)
                        .empty(NO_BATCHES)
                        .shares("Why batches flushed", this::flushes)
                        .empty(NO_BATCHES)
                        .heat("Latency, all requests", this::heat, this::traces);
        for (var stage : Stage.values()) {
            page.small(stage.label(), past -> stage(past, stage));
        }
        return page;
    }

    /** Rate, errors and duration: all that a link has whose proxies have no stages. */
    private PlotPage traffic() {
        return new PlotPage("Traffic", 0)
                .lines(
                        "Requests",
                        Scales.ONE,
                        past ->
                                List.of(
                                        rate(past, "answered", Swatch.ACCENT, LinkMeasure.REQUESTS),
                                        rate(past, "errors", Swatch.ERROR, LinkMeasure.ERRORS)))
                .lines("Errors among them", Scales.ONE, this::errorShare)
                .lines("Duration", Scales.ONE, this::quantiles)
                .heat("Latency, all requests", this::heat, this::traces);
    }

    private PlotPage latency() {
        return new PlotPage("Latency", 0)
                .lines("All requests", Scales.ONE, this::quantiles)
                .heat("Distribution", this::heat, this::traces)
                .lines("Stages, p99", Scales.ONE, past -> stages(past, StageValue.P99))
                .empty(NO_BATCHES)
                .lines("Batched requests", Scales.ONE, this::batched)
                .empty(NO_BATCHES);
    }

    private PlotPage throughput() {
        return new PlotPage("Throughput", 0)
                .lines(
                        "Requests and items",
                        Scales.ONE,
                        past ->
                                List.of(
                                        rate(past, "requests", Swatch.ACCENT, LinkMeasure.REQUESTS),
                                        rate(past, "in batches", Swatch.WARN, LinkMeasure.ITEMS)))
                .lines("Bytes", Scales.ONE, this::bytes)
                .empty(NOT_COUNTED)
                .lines("Compression saves", Scales.EACH, this::saved)
                .empty(NOT_COUNTED)
                .lines("Items by stage", Scales.ONE, past -> stages(past, StageValue.ITEMS))
                .empty(NO_BATCHES);
    }

    private PlotPage batches() {
        return new PlotPage("Batches", 0)
                .shares("Why batches flushed", this::flushes)
                .empty(NO_BATCHES)
                .lines("Flushes by reason", Scales.ONE, this::flushes)
                .empty(NO_BATCHES)
                .lines(
                        "Items: batch, queue",
                        Scales.EACH,
                        past ->
                                List.of(
                                        count(
                                                past,
                                                "per batch",
                                                Swatch.ACCENT,
                                                LinkMeasure.MEAN_ITEMS),
                                        count(past, "waiting", Swatch.WARN, LinkMeasure.QUEUE)))
                .empty(NO_BATCHES)
                .lines("Cache", Scales.EACH, this::cache)
                .empty("nothing is cached on this link");
    }

    private PlotPage errors() {
        return new PlotPage("Errors", 0)
                .stack("Failures by code", Measure.RATE, this::codes)
                .empty("codes are kept for a quarter of an hour; none are known here")
                .lines("Share of requests", Scales.ONE, this::errorShare)
                .lines(
                        "Retries and shed",
                        Scales.ONE,
                        past ->
                                List.of(
                                        rate(past, "retries", Swatch.WARN, LinkMeasure.RETRIES),
                                        rate(past, "shed", Swatch.ERROR, LinkMeasure.SHED)))
                .empty(NOT_COUNTED)
                .lines(
                        "Endpoints out",
                        Scales.ONE,
                        past ->
                                List.of(
                                        count(
                                                past,
                                                "breaker open",
                                                Swatch.WARN,
                                                LinkMeasure.OPEN_BREAKERS),
                                        count(
                                                past,
                                                "unhealthy",
                                                Swatch.ERROR,
                                                LinkMeasure.UNHEALTHY)))
                .empty(NOT_COUNTED);
    }

    private List<Curve> stack(PastView past) {
        var curves = new ArrayList<>(stages(past, StageValue.MEAN));
        curves.add(
                Curve.whole("measured", Measure.LATENCY, series(past, LinkMeasure.BATCHED_MEAN)));
        return curves;
    }

    private List<Curve> items(PastView past) {
        return List.of(
                rate(past, "items", Swatch.ACCENT, LinkMeasure.ITEMS),
                rate(past, "batches", Swatch.WARN, LinkMeasure.BATCHES),
                count(past, "items a batch", Swatch.MUTED, LinkMeasure.MEAN_ITEMS));
    }

    private List<Curve> flushes(PastView past) {
        return Arrays.stream(FlushReason.values())
                .map(reason -> Curve.of(reason, series(past, LinkMeasure.of(reason))))
                .toList();
    }

    private List<Curve> stages(PastView past, StageValue value) {
        var measure = value == StageValue.ITEMS ? Measure.RATE : Measure.LATENCY;
        return Arrays.stream(Stage.values())
                .map(stage -> Curve.of(stage, measure, series(past, LinkMeasure.of(stage, value))))
                .toList();
    }

    private List<Curve> stage(PastView past, Stage stage) {
        return List.of(
                latency(past, "mean", Curve.colorOf(stage), LinkMeasure.of(stage, StageValue.MEAN)),
                rate(past, "items", Swatch.MUTED, LinkMeasure.of(stage, StageValue.ITEMS)));
    }

    private List<Curve> quantiles(PastView past) {
        return List.of(
                latency(past, "p50", Swatch.MUTED, LinkMeasure.P50),
                latency(past, "p95", Swatch.ACCENT, LinkMeasure.P95),
                latency(past, "p99", Swatch.WARN, LinkMeasure.P99),
                latency(past, "mean", Swatch.TEXT, LinkMeasure.MEAN).dottedOne());
    }

    private List<Curve> batched(PastView past) {
        var rest = series(past, LinkMeasure.UNEXPLAINED);
        return List.of(
                latency(past, "p50", Swatch.MUTED, LinkMeasure.BATCHED_P50),
                latency(past, "p99", Swatch.WARN, LinkMeasure.BATCHED_P99),
                latency(past, "mean", Swatch.TEXT, LinkMeasure.BATCHED_MEAN).dottedOne(),
                new Curve(
                        "unexplained",
                        Swatch.ERROR,
                        Measure.LATENCY,
                        PastView.of(rest, rest, (a, b) -> Math.abs(a))));
    }

    private List<Curve> bytes(PastView past) {
        return List.of(
                bytes(past, "raw", Swatch.MUTED, LinkMeasure.RAW_BYTES),
                bytes(past, "compressed", Swatch.ACCENT, LinkMeasure.COMPRESSED_BYTES));
    }

    private List<Curve> saved(PastView past) {
        var raw = series(past, LinkMeasure.RAW_BYTES);
        var sent = series(past, LinkMeasure.COMPRESSED_BYTES);
        return List.of(
                new Curve(
                        "saved",
                        Swatch.OK,
                        Measure.BYTE_RATE,
                        PastView.of(raw, sent, (a, b) -> Math.max(0, a - b))),
                new Curve(
                        "raw : sent",
                        Swatch.MUTED,
                        Measure.COUNT,
                        PastView.of(raw, sent, (a, b) -> b > 0 ? a / b : Double.NaN)));
    }

    private List<Curve> cache(PastView past) {
        return List.of(
                new Curve(
                        "hits", Swatch.ACCENT, Measure.SHARE, series(past, LinkMeasure.HIT_SHARE)),
                rate(past, "not sent", Swatch.OK, LinkMeasure.SAVED));
    }

    private List<Curve> errorShare(PastView past) {
        var errors = series(past, LinkMeasure.ERRORS);
        var requests = series(past, LinkMeasure.REQUESTS);
        return List.of(
                new Curve(
                        "errors",
                        Swatch.ERROR,
                        Measure.SMALL_SHARE,
                        PastView.of(errors, requests, (e, r) -> r > 0 ? e / r : Double.NaN)));
    }

    private List<Curve> codes(PastView past) {
        return Arrays.stream(AnswerKind.values())
                .map(kind ->
                        new Curve(
                                kind.label(),
                                colorOf(kind),
                                Measure.RATE,
                                series(past, LinkMeasure.of(kind))))
                .toList();
    }

    static Swatch colorOf(AnswerKind kind) {
        return switch (kind) {
            case CLIENT_ERROR -> Swatch.MUTED;
            case SERVER_ERROR -> Swatch.ERROR;
            case GATEWAY -> Swatch.COMBINE;
            case UNAVAILABLE -> Swatch.SEND;
            case NO_ANSWER -> Swatch.WARN;
        };
    }

    private List<HeatData.Column> heat(PastView past) {
        return past.heat(link.get());
    }

    private List<TraceSample> traces(PastView past) {
        return past.past().traces(link.get());
    }

    private Series series(PastView past, LinkMeasure measure) {
        return past.link(link.get(), measure);
    }

    private Curve rate(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.RATE, series(past, measure));
    }

    private Curve latency(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.LATENCY, series(past, measure));
    }

    private Curve count(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.COUNT, series(past, measure));
    }

    private Curve bytes(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.BYTE_RATE, series(past, measure));
    }
}
