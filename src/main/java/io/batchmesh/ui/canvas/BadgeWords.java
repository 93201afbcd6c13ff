package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.model.Link;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the badges on the links say. */
final class BadgeWords {
    private final Topology topology;
    private final Annotations annotations;
    private final Readings readings;
    private final boolean live;
    private final Set<ServiceId> withoutBatches = new HashSet<>();

    BadgeWords(SceneInput input, Readings readings) {
        this.topology = input.topology();
        this.annotations = input.annotations();
        this.live = input.observed().live();
        this.readings = readings;
        var able = new HashSet<ServiceId>();
        for (var proxy : topology.proxies().values()) {
            if (proxy.kind().can(ProxyKind.Ability.BATCH)) {
                able.add(proxy.service());
            } else {
                withoutBatches.add(proxy.service());
            }
        }
        withoutBatches.removeAll(able);
    }

    /** Whether the proxies of the calling side have stages, by kind and protocol. */
    boolean hasStages(Link link) {
        return !withoutBatches.contains(link.id().from()) && !tcp(link);
    }

    /** What runs where it is known, else null. */
    @Nullable BatchWindow runs(Link link) {
        return annotations.running().windows().get(link.id());
    }

    /** Whether the drawn window is not the one that runs. */
    boolean edited(Link link) {
        var runs = runs(link);
        return runs != null && !WindowWords.same(runs, link.window());
    }

    /** The lines, at least one. */
    List<Words> of(Link link) {
        var lines = hasStages(link) ? batched(link) : plain(link);
        var attention = attention(link);
        var reading = readings.of(link.id());
        if (attention != null) {
            lines.add(Words.plain(attention.words(), attention.tone()));
        } else if (hasStages(link) && !reading.stale() && reading.errorTone() != Tone.PLAIN) {
            lines.add(Words.plain(reading.errorWords(), reading.errorTone()));
        }
        return lines;
    }

    @Nullable Attention attention(Link link) {
        var told = annotations.links().get(link.id());
        return told == null ? readings.attention(link.id()) : told;
    }

    private List<Words> batched(Link link) {
        var lines = new ArrayList<Words>();
        var edit = link.window();
        var runs = runs(link);
        var edited = edited(link);
        if (runs != null && edited) {
            lines.add(Words.strong("runs " + WindowWords.apart(runs, edit), Tone.PLAIN));
        } else {
            lines.add(Words.strong(WindowWords.of(edit), Tone.PLAIN));
        }
        var seen = seen(link);
        if (seen != null) {
            lines.add(seen);
        }
        if (runs != null && edited) {
            lines.add(Words.plain("edit " + WindowWords.apart(edit, runs), Tone.ACCENT));
        }
        return lines;
    }

    /** {@code 13 items 4.2:1}; what is old says how old. */
    private @Nullable Words seen(Link link) {
        var metrics = readings.metrics(link.id());
        var reading = readings.of(link.id());
        if (metrics == null || !reading.known()) {
            return live ? Words.plain("no traffic seen", Tone.FAINT) : null;
        }
        var words = fill(metrics);
        if (reading.stale()) {
            return Words.plain(words + ", " + reading.ageWords(), Tone.FAINT);
        }
        return Words.plain(words + ratio(metrics), Tone.MUTED);
    }

    private static String fill(LinkMetrics metrics) {
        var items = metrics.batching().meanItems();
        if (Double.isNaN(items)) {
            return metrics.requestsPerSecond() > 0 ? "not batched" : "no requests";
        }
        return number(items) + (items < 1.05 ? " item" : " items");
    }

    private static String ratio(LinkMetrics metrics) {
        var ratio = metrics.wire().ratio();
        return ratio >= 1.05 ? " " + number(ratio) + ":1" : "";
    }

    /** A link whose proxies have no stages shows rate, duration and errors instead. */
    private List<Words> plain(Link link) {
        var lines = new ArrayList<Words>();
        var reading = readings.of(link.id());
        if (!reading.known()) {
            lines.add(Words.strong(tcp(link) ? "tcp" : "no batches", Tone.MUTED));
            return lines;
        }
        lines.add(Words.strong(reading.rateWords(), reading.stale() ? Tone.FAINT : Tone.PLAIN));
        lines.add(Words.plain(reading.p99Words(), reading.stale() ? Tone.FAINT : Tone.MUTED));
        if (reading.stale()) {
            lines.add(Words.plain(reading.ageWords(), Tone.FAINT));
        } else if (!Double.isNaN(reading.errorShare())) {
            var tone = reading.errorTone();
            lines.add(Words.plain(reading.errorWords(), tone == Tone.PLAIN ? Tone.MUTED : tone));
        }
        return lines;
    }

    private boolean tcp(Link link) {
        var called = topology.service(link.id().to());
        return called != null
                && !called.ports().isEmpty()
                && called.ports().getFirst().protocol() == Protocol.TCP;
    }

    /** {@code 1.3}, {@code 13}: enough for a fill. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
    }
}
