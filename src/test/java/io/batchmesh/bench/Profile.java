package io.batchmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the time goes, for rows that miss their bar. */
final class Profile {
    private static final int TOP = 12;
    private static final Map<String, String> HOSTS =
            Map.of(
                    "1",
                    "hop",
                    "2",
                    "auto",
                    "3",
                    "auto",
                    "4",
                    "narrow-stream",
                    "5",
                    "narrow-batch",
                    "7",
                    "fast-auto");

    private final Lab lab;
    private final Bed bed;
    private final Report report;

    Profile(Lab lab, Bed bed, Report report) {
        this.lab = lab;
        this.bed = bed;
        this.report = report;
    }

    void ofMissed() throws InterruptedException {
        for (var row : report.missed().stream().map(Check::row).distinct().toList()) {
            var host = HOSTS.get(row);
            if (host != null) {
                report.note("Row " + row + " misses a bar. Top frames: " + frames(row, host));
            }
        }
    }

    private String frames(String row, String host) throws InterruptedException {
        var variant = bed.own("profile", host);
        var file = lab.directory().resolve("row-" + row + ".jfr");
        var pid = Long.toString(variant.proxies().getFirst().pid());
        jcmd(pid, "JFR.start", "name=row", "settings=profile");
        boolean tokens = host.startsWith("narrow");
        var load =
                new Wrk(
                        lab.loadSide(),
                        lab.resource(tokens ? "tokens.lua" : "plain.lua"),
                        tokens ? List.of(new Payloads(lab).tokens().toString(), "16") : List.of(),
                        tokens ? 256 : row.equals("2") ? 1 : 64);
        load.run(variant, Duration.ofSeconds(6));
        jcmd(pid, "JFR.dump", "name=row", "filename=" + file);
        jcmd(pid, "JFR.stop", "name=row");
        return top(file);
    }

    private static void jcmd(String... arguments) throws InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Sidecars.tool("jcmd")));
        command.addAll(List.of(arguments));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String top(Path file) {
        var counts = new HashMap<String, Integer>();
        int all = 0;
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                var name = name(recording.readEvent());
                if (!name.isEmpty()) {
                    counts.merge(name, 1, Integer::sum);
                    all++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int total = Math.max(1, all);
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(TOP)
                        .map(e -> "`%s` %d %%".formatted(e.getKey(), 100 * e.getValue() / total))
                        .toList());
    }

    private static String name(RecordedEvent event) {
        boolean sample =
                event.getEventType().getName().equals("jdk.ExecutionSample")
                        || event.getEventType().getName().equals("jdk.NativeMethodSample");
        var trace = event.getStackTrace();
        if (!sample || trace == null || trace.getFrames().isEmpty()) {
            return "";
        }
        RecordedFrame frame = trace.getFrames().getFirst();
        var type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
    }
}
