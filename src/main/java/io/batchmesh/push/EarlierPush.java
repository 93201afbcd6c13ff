package io.batchmesh.push;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.model.ProxyId;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.HistoryLine;
import io.batchmesh.target.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A push as the proxies themselves remember it, whoever made it.
 *
 * @param name as the proxies were told it
 * @param author who says to have pushed it, or null
 * @param at when the first of them took it
 * @param proxies what each of them took, and what it ran before
 */
public record EarlierPush(
        String name, @Nullable String author, Instant at, List<ProxyPush> proxies) {
    public EarlierPush {
        proxies = List.copyOf(proxies);
    }

    /**
     * The pushes that the proxies of an environment remember, the newest first; each proxy keeps
     * its last ten configs. Proxies that do not answer are left out. Waits for them.
     */
    public static List<EarlierPush> of(
            Environment environment, AdminClient client, Readback readback) {
        return fold(readback.each(environment, client::history));
    }

    static List<EarlierPush> fold(Map<ProxyId, Reading<List<HistoryLine>>> histories) {
        var pushes = new TreeMap<String, EarlierPush>();
        histories.forEach((proxy, reading) -> {
            if (reading instanceof Reading.Got<List<HistoryLine>>(var lines)) {
                add(proxy, lines, pushes);
            }
        });
        return pushes.values().stream().sorted((a, b) -> b.at().compareTo(a.at())).toList();
    }

    /** Adds what one proxy took; its history begins with the newest. */
    private static void add(
            ProxyId proxy, List<HistoryLine> lines, Map<String, EarlierPush> pushes) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var name = line.stamp().push();
            if (name != null && !line.stamp().state().equals("reverted")) {
                var before = i + 1 < lines.size() ? lines.get(i + 1).version() : null;
                var one = of(name, proxy, line, before);
                pushes.merge(name, one, EarlierPush::and);
            }
        }
    }

    private static EarlierPush of(
            String name, ProxyId proxy, HistoryLine line, @Nullable ConfigVersion before) {
        var took =
                new ProxyPush(proxy, ProxyPush.State.ACKED, before, line.version(), "", List.of());
        return new EarlierPush(name, line.stamp().author(), line.time(), List.of(took));
    }

    private EarlierPush and(EarlierPush other) {
        var all = new ArrayList<>(proxies);
        all.addAll(other.proxies);
        var first = at.isBefore(other.at) ? at : other.at;
        return new EarlierPush(name, author == null ? other.author : author, first, all);
    }
}
