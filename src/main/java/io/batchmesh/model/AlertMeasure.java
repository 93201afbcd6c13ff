package io.batchmesh.model;

import io.batchmesh.json.Choice;
import io.batchmesh.model.AlertTarget.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number that a rule for alerts may watch. */
public enum AlertMeasure {
    /** Requests per second. */
    REQUESTS("requests", Unit.PER_SECOND, Kind.LINK, Kind.SERVICE),
    /** Requests per second that were answered with a 5xx code or not at all. */
    ERRORS("errors", Unit.PER_SECOND, Kind.LINK, Kind.SERVICE),
    /** Those among all requests, 0 to 1. */
    ERROR_SHARE("errorShare", Unit.SHARE, Kind.LINK, Kind.SERVICE),
    /** Mean latency. */
    MEAN("mean", Unit.SECONDS, Kind.LINK, Kind.SERVICE),
    /** Median latency. */
    P50("p50", Unit.SECONDS, Kind.LINK, Kind.SERVICE),
    /** 95th percentile of the latency. */
    P95("p95", Unit.SECONDS, Kind.LINK, Kind.SERVICE),
    /** 99th percentile of the latency. */
    P99("p99", Unit.SECONDS, Kind.LINK, Kind.SERVICE),
    /** Requests per second that were turned away at a bound. */
    SHED("shed", Unit.PER_SECOND, Kind.LINK),
    /** Requests per second that were sent again. */
    RETRIES("retries", Unit.PER_SECOND, Kind.LINK, Kind.PROXY),
    /** Times per second that an endpoint was left out for its failures. */
    EJECTIONS("ejections", Unit.PER_SECOND, Kind.LINK),
    /** Items that wait for their batch. */
    WAITING("waiting", Unit.COUNT, Kind.LINK, Kind.PROXY),
    /** Items in a batch, the mean. */
    ITEMS_PER_BATCH("itemsPerBatch", Unit.COUNT, Kind.LINK),
    /** Look-ups that the cache answered, 0 to 1. */
    HIT_SHARE("hitShare", Unit.SHARE, Kind.LINK),
    /** Endpoints whose breaker is open. */
    OPEN_BREAKERS("openBreakers", Unit.COUNT, Kind.LINK, Kind.PROXY),
    /** Endpoints that do not pass their checks. */
    UNHEALTHY("unhealthy", Unit.COUNT, Kind.LINK),
    /** Processor time of a proxy for what it carries, in cores. */
    CORES("cores", Unit.CORES, Kind.PROXY),
    /** 1 while a proxy does not answer, else 0. */
    DOWN("down", Unit.COUNT, Kind.PROXY);

    /** How measures are written in files. */
    public static final Choice<AlertMeasure> CHOICE =
            Choice.of(AlertMeasure.class, AlertMeasure::label);

    /** What a measure is counted in. */
    public enum Unit {
        /** Per second. */
        PER_SECOND,
        /** A part of a whole, 0 to 1. */
        SHARE,
        /** Time. */
        SECONDS,
        /** How many. */
        COUNT,
        /** Processor cores. */
        CORES
    }

    private final String label;
    private final Unit unit;
    private final boolean links;
    private final boolean services;
    private final boolean proxies;

    AlertMeasure(String label, Unit unit, Kind... kinds) {
        this.label = label;
        this.unit = unit;
        var all = List.of(kinds);
        links = all.contains(Kind.LINK);
        services = all.contains(Kind.SERVICE);
        proxies = all.contains(Kind.PROXY);
    }

    /** How it is written in files. */
    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether things of a kind have it. */
    public boolean fits(Kind kind) {
        return switch (kind) {
            case LINK -> links;
            case SERVICE -> services;
            case PROXY -> proxies;
        };
    }

    /** Whether single stages of a link have it. */
    public boolean ofStages() {
        return unit == Unit.SECONDS;
    }

    /** The labels of what things of a kind have; of single stages where one is named. */
    public static String labels(Kind kind, @Nullable String stage) {
        return Arrays.stream(values())
                .filter(m -> m.fits(kind) && (stage == null || m.ofStages()))
                .map(AlertMeasure::label)
                .collect(Collectors.joining(", "));
    }
}
