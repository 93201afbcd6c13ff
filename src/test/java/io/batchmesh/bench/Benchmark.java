package io.batchmesh.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the sidecar against its peers. */
public final class Benchmark {
    private static final int CLIENTS = 64;
    private static final int MANY = 256;
    private static final long NARROW = 10_000_000;

    private final Settings settings;
    private final PrintStream out;
    private final Lab lab;
    private final Bed bed;

    private Benchmark(Settings settings, PrintStream out, Lab lab) throws InterruptedException {
        this.settings = settings;
        this.out = out;
        this.lab = lab;
        this.bed = new Bed(lab, settings);
    }

    public static void main(String[] args) throws InterruptedException {
        var settings = Settings.ofProperties();
        try (var lab = new Lab(settings.output())) {
            new Benchmark(settings, System.out, lab).run();
        }
    }

    private void run() throws InterruptedException {
        warm();
        if (settings.wants("1")) {
            passThrough();
        }
        if (settings.wants("2") || settings.wants("3")) {
            pairs();
        }
        if (settings.wants("4")) {
            narrow();
        }
        if (settings.wants("6")) {
            random();
        }
        if (settings.wants("7")) {
            fast();
        }
    }

    private Rounds rounds() {
        return new Rounds(settings.rounds(), settings.warmUp(), settings.run(), out);
    }

    private void warm() {
        var load = plain(CLIENTS);
        for (var host : List.of("auto", "off")) {
            for (int i = 0; i < settings.warmTurns(); i++) {
                var sample = load.run(bed.own("warm " + host, host), Duration.ofSeconds(5));
                out.println(Rounds.line("warm " + host, sample));
            }
        }
    }

    private Wrk plain(int connections) {
        return new Wrk(lab.loadSide(), lab.resource("plain.lua"), List.of(), connections);
    }

    private void passThrough() throws InterruptedException {
        var vertx = new VertxPeer(lab, Path.of(System.getProperty("bench.vertx", "none")));
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of("nginx", bed.peers().nginx("nginx", bed.service())));
        variants.add(Variant.of("haproxy", bed.peers().haproxy("haproxy", bed.service())));
        variants.add(bed.hop());
        if (vertx.isThere()) {
            variants.add(Variant.of("vertx-http-proxy", vertx.start("vertx", bed.service())));
        }
        rounds().measure("one hop, 64 clients", plain(CLIENTS), variants);
    }

    private void pairs() throws InterruptedException {
        List<Variant> variants = new ArrayList<>();
        variants.add(bed.own("own pass-through", "off"));
        variants.add(bed.own("own default", "auto"));
        if (!Boolean.getBoolean("bench.own")) {
            var far = bed.peers().nginx("nginx-2", bed.service());
            variants.add(Variant.of("nginx pair", bed.peers().nginx("nginx-1", far.port()), far));
            var envoy = System.getProperty("bench.envoy", "");
            if (!envoy.isEmpty()) {
                var farEnvoy = bed.peers().envoy("envoy-2", bed.service(), envoy);
                variants.add(
                        Variant.of(
                                "envoy pair",
                                bed.peers().envoy("envoy-1", farEnvoy.port(), envoy),
                                farEnvoy));
            }
        }
        if (settings.wants("3")) {
            rounds().measure("two hops, 64 clients", plain(CLIENTS), variants);
        }
        if (settings.wants("2")) {
            rounds().measure("two hops, one client", plain(1), variants);
        }
    }

    private void narrow() throws InterruptedException {
        var tokens = new Payloads(lab).tokens().toString();
        List<Variant> variants = new ArrayList<>();
        variants.add(bed.h2("h2", NARROW, false));
        variants.add(bed.h2("h2-large", NARROW, true));
        variants.add(bed.own("own pass-through", "narrow-off"));
        variants.add(bed.own("own batches, not packed", "narrow-plain"));
        variants.add(bed.own("own default (codec auto)", "narrow-auto"));
        variants.add(bed.own("own context batch", "narrow-batch"));
        variants.add(bed.own("own context stream", "narrow-stream"));
        for (var identities : List.of("16", "4096")) {
            var load =
                    new Wrk(
                            lab.loadSide(),
                            lab.resource("tokens.lua"),
                            List.of(tokens, identities),
                            MANY);
            rounds().measure("narrow, " + identities + " identities", load, variants);
        }
    }

    private void random() {
        var payloads = new Payloads(lab);
        payloads.files();
        var load =
                new Wrk(
                        lab.loadSide(),
                        lab.resource("random.lua"),
                        List.of(payloads.body().toString()),
                        CLIENTS);
        rounds().measure(
                        "incompressible",
                        load,
                        List.of(
                                bed.own("own pass-through", "narrow-off"),
                                bed.own("own default (codec auto)", "narrow-auto"),
                                bed.own("own context batch", "narrow-batch"),
                                bed.own("own context stream", "narrow-stream")));
    }

    private void fast() {
        var variants =
                List.of(
                        bed.own("own pass-through", "fast-off"),
                        bed.own("own default", "fast-auto"));
        rounds().measure("fast long link, 64 clients", plain(CLIENTS), variants);
        rounds().measure("fast long link, 256 clients", plain(MANY), variants);
    }
}
