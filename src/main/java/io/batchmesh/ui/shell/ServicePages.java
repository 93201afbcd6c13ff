package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.ProxyLoad;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.ServiceMeasure;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.HeatData;
import io.batchmesh.ui.plot.LinePlot.Scales;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The pages of plots of a service and of its proxies. */
final class ServicePages {
    private static final List<Swatch> COLOURS =
            List.of(
                    Swatch.ACCENT,
                    Swatch.WARN,
                    Swatch.OK,
                    Swatch.COMBINE,
                    Swatch.SEND,
                    Swatch.MUTED);

    private final Workspace workspace;
    private final Supplier<ServiceId> service;

    private ServicePages(Workspace workspace, Supplier<ServiceId> service) {
        this.workspace = workspace;
        this.service = service;
    }

    /** The pages, for whichever service it is at the moment. */
    static List<PlotPage> of(Workspace workspace, Supplier<ServiceId> service) {
        var pages = new ServicePages(workspace, service);
        return List.of(pages.service(), pages.callers(), pages.proxies());
    }

    private PlotPage service() {
        return new PlotPage("Service", 0)
                .lines(
                        "Requests",
                        Scales.ONE,
                        past ->
                                List.of(
                                        curve(
                                                past,
                                                "requests",
                                                Swatch.ACCENT,
                                                Measure.RATE,
                                                ServiceMeasure.REQUESTS)))
                .empty("no sidecar of it reports what comes in")
                .stack("Failures by code", Measure.RATE, this::failures)
                .empty("no code is known of its answers")
                .lines(
                        "Errors among them",
                        Scales.ONE,
                        past ->
                                List.of(
                                        curve(
                                                past,
                                                "errors",
                                                Swatch.ERROR,
                                                Measure.SMALL_SHARE,
                                                ServiceMeasure.ERROR_SHARE)))
                .lines("Latency of its own", Scales.ONE, this::latency);
    }

    private PlotPage callers() {
        return new PlotPage("Callers", 0)
                .heat("Latency for callers", this::heat, this::traces)
                .lines(
                        "Retries and shed",
                        Scales.ONE,
                        past ->
                                List.of(
                                        incoming(past, "retries", Swatch.WARN, LinkMeasure.RETRIES),
                                        incoming(past, "shed", Swatch.ERROR, LinkMeasure.SHED)))
                .empty("its callers do not report this")
                .lines(
                        "Endpoints out",
                        Scales.ONE,
                        past ->
                                List.of(
                                        counted(
                                                past,
                                                "breaker open",
                                                Swatch.WARN,
                                                LinkMeasure.OPEN_BREAKERS),
                                        counted(
                                                past,
                                                "unhealthy",
                                                Swatch.ERROR,
                                                LinkMeasure.UNHEALTHY)))
                .empty("its callers do not report this")
                .lines(
                        "Waiting at its callers",
                        Scales.ONE,
                        past -> List.of(counted(past, "items", Swatch.ACCENT, LinkMeasure.QUEUE)))
                .empty("its callers do not report this");
    }

    private PlotPage proxies() {
        return new PlotPage("Proxies", 0)
                .lines(
                        "Saturation, of 1 core",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.SHARE,
                                        (p, name) -> p.proxy(name, Activity.PROXY)))
                .empty("none of its proxies reports its processor time")
                .lines(
                        "Requests",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.RATE,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.REQUESTS)))
                .lines(
                        "p99",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.LATENCY,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.P99)))
                .lines(
                        "Errors",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.RATE,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.ERRORS)))
                .lines(
                        "Retries",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.RATE,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.RETRIES)))
                .lines(
                        "Items waiting",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.COUNT,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.QUEUE)))
                .lines(
                        "Breakers open",
                        Scales.ONE,
                        past ->
                                each(
                                        past,
                                        Measure.COUNT,
                                        (p, name) -> p.proxy(name, ProxyLoad.Measure.BREAKERS)))
                .lines("Proxies that answer", Scales.ONE, this::answering);
    }

    private List<Curve> failures(PastView past) {
        return List.of(
                curve(past, "4xx", Swatch.MUTED, Measure.RATE, ServiceMeasure.CLIENT_ERRORS),
                curve(past, "5xx", Swatch.ERROR, Measure.RATE, ServiceMeasure.SERVER_ERRORS),
                curve(past, "no answer", Swatch.WARN, Measure.RATE, ServiceMeasure.NO_ANSWERS));
    }

    private List<Curve> latency(PastView past) {
        return List.of(
                curve(past, "p50", Swatch.MUTED, Measure.LATENCY, ServiceMeasure.P50),
                curve(past, "p95", Swatch.ACCENT, Measure.LATENCY, ServiceMeasure.P95),
                curve(past, "p99", Swatch.WARN, Measure.LATENCY, ServiceMeasure.P99),
                curve(past, "mean", Swatch.TEXT, Measure.LATENCY, ServiceMeasure.MEAN).dottedOne());
    }

    private List<HeatData.Column> heat(PastView past) {
        var columns = new ArrayList<HeatData.Column>();
        for (var link : calls()) {
            columns.addAll(past.heat(link));
        }
        columns.sort(Comparator.comparingLong(HeatData.Column::millis));
        return columns;
    }

    private List<TraceSample> traces(PastView past) {
        return calls().stream().flatMap(l -> past.past().traces(l).stream()).toList();
    }

    private List<String> calls() {
        return workspace.topology().linksTo(service.get()).stream()
                .map(link -> link.id().toString())
                .toList();
    }

    private Series sum(PastView past, LinkMeasure measure) {
        return PastView.sum(calls().stream().map(l -> past.link(l, measure)).toList());
    }

    private Curve incoming(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.RATE, sum(past, measure));
    }

    private Curve counted(PastView past, String name, Swatch color, LinkMeasure measure) {
        return new Curve(name, color, Measure.COUNT, sum(past, measure));
    }

    private Curve curve(
            PastView past, String name, Swatch color, Measure measure, ServiceMeasure value) {
        return new Curve(name, color, measure, past.service(service.get().name(), value));
    }

    /** The busiest of its proxies, in colours of their own; always the same order by name. */
    private List<Curve> each(
            PastView past, Measure measure, BiFunction<PastView, String, Series> series) {
        var names =
                workspace.snapshotProperty().get().proxies().values().stream()
                        .filter(p -> p.service().equals(service.get().name()))
                        .sorted(Comparator.comparingDouble(ServicePages::busy).reversed())
                        .limit(COLOURS.size())
                        .map(ProxyMetrics::proxy)
                        .sorted()
                        .toList();
        var curves = new ArrayList<Curve>();
        for (var name : names) {
            curves.add(
                    new Curve(name, COLOURS.get(curves.size()), measure, series.apply(past, name)));
        }
        return curves;
    }

    private static double busy(ProxyMetrics proxy) {
        return proxy.cpuCores().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private List<Curve> answering(PastView past) {
        var each =
                workspace.snapshotProperty().get().proxies().values().stream()
                        .filter(p -> p.service().equals(service.get().name()))
                        .map(p -> past.proxy(p.proxy(), Activity.PROXY))
                        .map(s -> PastView.of(s, s, (a, b) -> Double.isNaN(a) ? 0 : 1))
                        .toList();
        return List.of(new Curve("answer", Swatch.OK, Measure.COUNT, PastView.sum(each)));
    }
}
