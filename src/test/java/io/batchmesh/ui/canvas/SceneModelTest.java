package io.batchmesh.ui.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SceneModelTest {
    private static final LinkId LINK = LinkId.of("a", "b");
    private static final BatchWindow FIXED =
            BatchWindow.DEFAULT
                    .withPolicy(BatchWindow.Policy.FIXED)
                    .withLinger(Duration.ofMillis(2))
                    .withMaxItems(16);

    private static Topology drawn(BatchWindow window) {
        return Topology.of(
                "t",
                List.of(SampleMeshes.service("a"), SampleMeshes.service("b", "v1", "v2")),
                List.of(SampleMeshes.link("a", "b").withBatch(window)));
    }

    private static Picture picture(Topology topology, MeshSnapshot seen, Annotations said) {
        var positions = AutoLayout.complete(topology, Map.of());
        return new SceneModel()
                .pictureOf(
                        new SceneInput(
                                topology, positions, Observed.of(seen), said, Selection.of(LINK)));
    }

    private static MeshSnapshot seen(double rate, double errors, int secondsAgo) {
        return new MeshSnapshot(
                SampleMeshes.NOW,
                Map.of(
                        LINK.toString(),
                        SampleMeshes.metrics(
                                LINK, rate, errors, SampleMeshes.NOW.minusSeconds(secondsAgo))),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static List<String> badge(Picture picture) {
        var badge = Objects.requireNonNull(picture.badge(LINK));
        return badge.lines().stream().map(Words::text).toList();
    }

    private static Card card(Picture picture, String name) {
        return Objects.requireNonNull(picture.card(new ServiceId(name)));
    }

    @Test
    void what_runs_what_is_seen_and_what_is_edited_are_three_lines() {
        var edit = FIXED.withLinger(Duration.ofMillis(5)).withMaxItems(64);
        var said = Annotations.NONE.withRunning(Running.of(drawn(FIXED)));

        var lines = badge(picture(drawn(edit), seen(6110, 0, 0), said));

        assertEquals(List.of("runs ≤ 2 ms · 16", "13 items 4.3:1", "edit ≤ 5 ms · 64"), lines);
    }

    @Test
    void a_window_that_runs_as_drawn_has_no_edit_line() {
        var said = Annotations.NONE.withRunning(Running.of(drawn(FIXED)));

        assertEquals("≤ 2 ms · 16", badge(picture(drawn(FIXED), seen(100, 0, 0), said)).getFirst());
    }

    @Test
    void old_numbers_say_how_old_they_are_and_are_never_zero() {
        var picture = picture(drawn(FIXED), seen(6110, 0, 35), Annotations.NONE);

        assertEquals("13 items, 35 s ago", badge(picture).get(1));
        assertEquals(Health.STALE, card(picture, "b").health());
        assertEquals("35 s ago", Objects.requireNonNull(card(picture, "b").aside()).text());
        assertEquals("6.11k/s", card(picture, "b").reading().rateWords());
    }

    @Test
    void a_service_of_which_nothing_was_seen_shows_a_dash() {
        var other = SampleMeshes.metrics(LinkId.of("x", "y"), 1, 0, SampleMeshes.NOW);
        var seen = SampleMeshes.with(seen(1, 0, 0), other);
        var topology = drawn(FIXED).with(SampleMeshes.service("lonely"));

        var card = card(picture(topology, seen, Annotations.NONE), "lonely");

        assertEquals(Health.UNKNOWN, card.health());
        assertEquals("–", card.reading().rateWords());
    }

    @Test
    void where_nothing_is_watched_a_card_says_what_is_drawn() {
        var card = card(picture(drawn(FIXED), MeshSnapshot.EMPTY, Annotations.NONE), "b");

        assertEquals("2 endpoints · http1", card.face().facts());
    }

    @Test
    void errors_change_shape_and_colour() {
        assertEquals(Health.OK, healthAt(0.001));
        assertEquals(Health.WARN, healthAt(0.01));
        assertEquals(Health.ERROR, healthAt(0.2));
    }

    private static Health healthAt(double errors) {
        return card(picture(drawn(FIXED), seen(100, errors, 0), Annotations.NONE), "b").health();
    }

    @Test
    void a_link_whose_proxies_have_no_stages_shows_rate_duration_and_errors() {
        var proxy = new Proxy(new ProxyId("p"), new ServiceId("a"), null, ProxyKind.ENVOY, null);
        var topology = drawn(FIXED).withProxies(Map.of(proxy.id(), proxy));

        var lines = badge(picture(topology, seen(479, 0, 0), Annotations.NONE));

        assertEquals(List.of("479/s", "p99 7.0 ms", "0 % errors"), lines);
    }

    @Test
    void an_edited_weight_shows_both_and_the_share_that_is_seen() {
        var chip = new SubsetChip("v1", 90, 80, 0.897, 0.9);

        assertEquals("90→80", chip.weightWords());
        assertEquals("subset v1 set 90 seen 89.7 % edit 80", Sentences.of(chip));
    }

    @Test
    void what_asks_for_attention_stands_on_the_badge() {
        var said =
                Annotations.NONE.withAttention(
                        Map.of(), Map.of(LINK, new Attention(Tone.WARN, "adds 1.9 ms")));

        assertEquals("adds 1.9 ms", badge(picture(drawn(FIXED), seen(4, 0, 0), said)).getLast());
    }

    @Test
    void badges_of_the_samples_cover_no_card() {
        for (var name : List.of("bookinfo", "online-boutique", "edge-narrow-link")) {
            var picture = CanvasRenderer.picture(SampleMeshes.sample(name));
            for (var badge : picture.badges().values()) {
                for (var card : picture.cards().values()) {
                    assertEquals(
                            0,
                            badge.box().overlap(card.box()),
                            name + ": " + badge.link() + " on " + card.id());
                }
            }
        }
    }

    @Test
    void places_far_beyond_everything_do_no_harm() {
        var far = new Position(1e300, Double.NaN, true);
        var topology = drawn(FIXED);
        topology = topology.withLayout(topology.layout().with(new ServiceId("b"), far));

        var picture = CanvasRenderer.picture(topology);

        assertTrue(Objects.requireNonNull(picture.bounds()).width() <= 3e6);
    }

    @Test
    void the_index_finds_what_is_under_the_pointer() {
        var picture = CanvasRenderer.picture(drawn(FIXED));
        var index = new SceneIndex(picture);
        var card = card(picture, "b");
        var badge = Objects.requireNonNull(picture.badge(LINK));
        var link = Objects.requireNonNull(picture.link(LINK));

        assertEquals(
                new Thing.OfService(card.id()),
                index.at(card.box().centerX(), card.box().centerY(), 1));
        assertEquals(new Thing.Port(card.id()), index.at(card.portX(), card.portY(), 1));
        assertEquals(
                new Thing.OfLink(LINK), index.at(badge.box().centerX(), badge.box().y() + 2, 1));
        assertEquals(
                new Thing.OfLink(LINK),
                index.at(link.curve().startX() + 20, link.curve().startY() + 3, 1));
        assertEquals(new Thing.Ground(), index.at(-500, -500, 1));
    }

    @Test
    void a_grid_finds_the_same_boxes_as_looking_at_each() {
        var seed = 11L;
        var random = new Random(seed);
        var boxes = new ArrayList<Box>();
        var grid = new SpatialGrid();
        for (var i = 0; i < 500; i++) {
            var size = random.nextInt(50) == 0 ? 20_000 : 300;
            boxes.add(
                    new Box(
                            random.nextInt(8000) - 4000,
                            random.nextInt(8000) - 4000,
                            random.nextInt(size),
                            random.nextInt(size)));
            grid.add(i, boxes.get(i));
        }
        for (var i = 0; i < 200; i++) {
            var asked =
                    Box.around(random.nextInt(9000) - 4500, random.nextInt(9000) - 4500, 90, 90);
            var found = new TreeSet<Integer>();
            grid.any(
                    asked,
                    n -> {
                        if (boxes.get(n).intersects(asked)) {
                            found.add(n);
                        }
                        return false;
                    });
            var expected = new TreeSet<Integer>();
            for (var n = 0; n < boxes.size(); n++) {
                if (boxes.get(n).intersects(asked)) {
                    expected.add(n);
                }
            }
            assertEquals(expected, found, "seed " + seed + ", question " + i);
        }
    }

    @Test
    void words_grow_fewer_with_distance() {
        assertEquals(Detail.FULL, Detail.of(1, 40));
        assertEquals(Detail.SHORT, Detail.of(0.6, 40));
        assertEquals(Detail.NAMES, Detail.of(0.3, 40));
        assertEquals(Detail.SHAPES, Detail.of(0.3, 1000));
        assertEquals(Detail.BLOCKS, Detail.of(0.1, 1000));
    }

    @Test
    void short_names_leave_out_what_nearly_all_have() {
        var names =
                new ShortNames(
                        List.of(
                                "ts-a-service",
                                "ts-b-service",
                                "ts-c-service",
                                "ts-d-service",
                                "ts-e-service",
                                "ts-f-service",
                                "gateway"));

        assertEquals("a", names.of("ts-a-service"));
        assertEquals("gateway", names.of("gateway"));
    }
}
