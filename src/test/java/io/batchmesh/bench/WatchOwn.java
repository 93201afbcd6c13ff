package io.batchmesh.bench;

import io.batchmesh.metrics.SnapshotHistory;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.time.Clocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;

/**
 * Our metrics path as the desktop has it, without the window: scrapes all targets each second,
 * folds what they say, and keeps it packed. Argument: the file with their ports.
 */
public final class WatchOwn {
    static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms24m",
                    "-Xmx256m",
                    "-Xmn12m",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=20",
                    "-Xss512k",
                    "-XX:ReservedCodeCacheSize=48m",
                    "-XX:+UseCompactObjectHeaders",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private WatchOwn() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var targets = new ArrayList<ScrapeTarget>();
        for (var port : Files.readAllLines(Path.of(args[0]))) {
            var address = URI.create("http://127.0.0.1:" + port + "/metrics");
            targets.add(new ScrapeTarget("p" + port, "s" + port, address));
        }
        var kept = new SnapshotHistory();
        var clocks = new Clocks(InstantSource.system(), System::nanoTime);
        try (var io = Executors.newVirtualThreadPerTaskExecutor();
                var scraper =
                        new Scraper(
                                ScrapeSettings.DEFAULT, targets, clocks, io, new OkHttpClient())) {
            scraper.start(kept::add);
            new CountDownLatch(1).await();
        }
    }
}
