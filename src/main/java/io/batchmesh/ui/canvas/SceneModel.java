package io.batchmesh.ui.canvas;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the picture of a topology: {@link #pictureOf} depends on its input alone. What it remembers
 * of the last call only saves work. One thread.
 */
public final class SceneModel {
    private static final double MIN_WIDTH = 1.6;
    private static final double MAX_WIDTH = 6;

    private @Nullable SceneInput lastInput;
    private Map<LinkId, CardSizes.Size> lastSizes = Map.of();
    private @Nullable Geometry lastGeometry;

    /** The picture. */
    public Picture pictureOf(SceneInput input) {
        var readings = new Readings(input.topology(), input.observed());
        var words = new BadgeWords(input, readings);
        var lines = new LinkedHashMap<LinkId, List<Words>>();
        var sizes = new LinkedHashMap<LinkId, CardSizes.Size>();
        for (var link : input.topology().links().values()) {
            var own = words.of(link);
            lines.put(link.id(), own);
            sizes.put(link.id(), BadgeSizes.of(own));
        }
        var geometry = geometry(input, sizes);
        var links = new LinkedHashMap<LinkId, LinkLine>();
        var badges = new LinkedHashMap<LinkId, Badge>();
        for (var link : input.topology().links().values()) {
            var curve = geometry.curves().get(link.id());
            var box = geometry.badges().get(link.id());
            if (curve != null && box != null) {
                var tone = tone(link, readings, words);
                links.put(link.id(), line(link, curve, tone, input.selection(), readings));
                var own = Objects.requireNonNull(lines.get(link.id()));
                badges.put(
                        link.id(),
                        new Badge(link.id(), box, own, border(link, tone, input, words)));
            }
        }
        return new Picture(
                geometry.groups(),
                geometry.notes(),
                links,
                cards(input, geometry, readings),
                badges,
                geometry.bounds());
    }

    private Geometry geometry(SceneInput input, Map<LinkId, CardSizes.Size> sizes) {
        var last = lastGeometry;
        if (last != null
                && lastInput != null
                && lastInput.topology().equals(input.topology())
                && lastInput.positions().equals(input.positions())
                && lastSizes.equals(sizes)) {
            lastInput = input;
            return last;
        }
        var geometry = Geometry.of(input.topology(), input.positions(), sizes);
        lastInput = input;
        lastSizes = sizes;
        lastGeometry = geometry;
        return geometry;
    }

    private static Map<ServiceId, Card> cards(
            SceneInput input, Geometry geometry, Readings readings) {
        var cards = new LinkedHashMap<ServiceId, Card>();
        var names =
                new ShortNames(
                        input.topology().services().keySet().stream()
                                .map(ServiceId::name)
                                .toList());
        geometry.cards()
                .forEach((id, box) -> {
                    var service = input.topology().service(id);
                    if (service != null) {
                        var face = face(service, names, input.observed().live());
                        cards.put(id, card(service, face, box, input, readings));
                    }
                });
        return cards;
    }

    private static Card.Face face(Service service, ShortNames names, boolean watched) {
        return new Card.Face(
                CardSizes.title(service),
                names.of(service.name()),
                service.kind(),
                CardSizes.corner(service),
                watched ? null : facts(service));
    }

    /** {@code 3 endpoints · http1}. */
    private static String facts(Service service) {
        var endpoints = service.subsets().stream().mapToInt(s -> s.endpoints().size()).sum();
        var words = endpoints + (endpoints == 1 ? " endpoint" : " endpoints");
        return service.ports().isEmpty()
                ? words
                : words + " · " + service.ports().getFirst().protocol().label();
    }

    private static Card card(
            Service service, Card.Face face, Box box, SceneInput input, Readings readings) {
        var id = service.id();
        var told = input.annotations().services().get(id);
        var attention = readings.attention(id);
        if (told != null && (attention == null || attention.tone().compareTo(told.tone()) < 0)) {
            attention = told;
        }
        var reading = readings.of(id);
        return new Card(
                id,
                box,
                face,
                Readings.health(reading, attention),
                reading,
                input.observed().spark(id),
                chips(service, input.annotations().running(), readings),
                new Card.Marks(
                        input.selection().contains(id),
                        input.annotations().stamps().get(id),
                        attention));
    }

    private static List<SubsetChip> chips(Service service, Running running, Readings readings) {
        if (!CardSizes.hasChips(service)) {
            return List.of();
        }
        var edit = Splits.of(service);
        var runs = running.splits().get(service.id());
        var set = runs == null ? edit : runs;
        var seen = readings.split(service.id());
        var seenAll = seen.values().stream().mapToDouble(Double::doubleValue).sum();
        double setAll = set.values().stream().mapToInt(Integer::intValue).sum();
        var chips = new ArrayList<SubsetChip>();
        for (var subset : service.subsets()) {
            var name = subset.name();
            var drawn = edit.getOrDefault(name, edit.isEmpty() ? null : 0);
            var runsNow = set.getOrDefault(name, set.isEmpty() ? null : 0);
            chips.add(
                    new SubsetChip(
                            name,
                            runsNow,
                            Objects.equals(drawn, runsNow) ? null : drawn,
                            seenAll > 0 ? seen.getOrDefault(name, 0.0) / seenAll : Double.NaN,
                            runsNow != null && setAll > 0 ? runsNow / setAll : Double.NaN));
        }
        return chips;
    }

    private static LinkLine line(
            Link link, Curve curve, Tone tone, Selection selection, Readings readings) {
        var reading = readings.of(link.id());
        var selected = selection.contains(link.id());
        return new LinkLine(
                link.id(),
                curve,
                width(reading),
                selected ? Tone.ACCENT : tone,
                selected,
                reading,
                pace(link, reading, readings));
    }

    /** By the order of magnitude of the rate. */
    static double width(Reading reading) {
        if (!(reading.rate() > 0)) {
            return MIN_WIDTH;
        }
        return Math.min(MAX_WIDTH, MIN_WIDTH + 0.8 * Math.log10(1 + reading.rate()));
    }

    /** One dot stands for many batches: closer with more of them, larger with fuller ones. */
    private static LinkLine.Pace pace(Link link, Reading reading, Readings readings) {
        var metrics = readings.metrics(link.id());
        if (metrics == null || reading.stale() || !(reading.rate() > 0)) {
            return LinkLine.Pace.NONE;
        }
        var batches = metrics.batching().batchesPerSecond();
        var perSecond = Double.isNaN(batches) || batches == 0 ? reading.rate() : batches;
        var items = metrics.batching().meanItems();
        return new LinkLine.Pace(
                Math.clamp(110 - 24 * Math.log10(1 + perSecond), 22, 110),
                items > 1.5 ? Math.min(3.4, 2 + 0.4 * Math.log(items)) : 2);
    }

    private static Tone tone(Link link, Readings readings, BadgeWords words) {
        var reading = readings.of(link.id());
        var old = readings.live() && (!reading.known() || reading.stale());
        var seen = old ? Tone.FAINT : reading.errorTone();
        var attention = words.attention(link);
        return attention == null ? seen : Tone.worse(attention.tone(), seen);
    }

    private static Tone border(Link link, Tone tone, SceneInput input, BadgeWords words) {
        if (input.selection().contains(link.id()) || words.edited(link)) {
            return Tone.ACCENT;
        }
        return tone == Tone.WARN || tone == Tone.ERROR ? tone : Tone.MUTED;
    }
}
