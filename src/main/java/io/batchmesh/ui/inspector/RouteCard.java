package io.batchmesh.ui.inspector;

import io.batchmesh.policy.Retry;
import io.batchmesh.policy.Route;
import io.batchmesh.ui.Exact;
import io.batchmesh.ui.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One route: which requests, where to, how long, how often. */
final class RouteCard extends VBox {
    private final RouteEditor editor;
    private final Label holds = Nodes.label("", "bm-section-note");
    private final List<SplitRow> rows = new ArrayList<>();
    private final VBox weights = new VBox(6);
    private final Label unsplit = Nodes.label("", "bm-muted", "bm-small");
    private final Button setWeights;
    private final TypedField<Optional<Duration>> timeout;
    private final TypedField<Integer> attempts;

    /**
     * @param route as it is now; its card is made anew when another route takes its place
     * @param catchAll whether it takes what no other does
     * @param only whether there is no other
     */
    RouteCard(RouteEditor editor, Route route, boolean catchAll, boolean only) {
        this.editor = editor;
        getStyleClass().add("bm-route-card");
        var suffix = catchAll ? "" : "-" + route.name();
        setId("route-" + route.name());
        var title = Nodes.label(route.name(), "bm-strong");
        var match =
                Nodes.label(
                        only ? "every request" : MatchWords.of(route.match()),
                        "bm-small",
                        "bm-muted");
        for (var words : List.of(match, holds, unsplit)) {
            words.setWrapText(true);
            words.setMinHeight(Region.USE_PREF_SIZE);
        }
        setWeights = Nodes.button("set-weights" + suffix, "Set weights", b -> spread());
        var subsets = editor.split().keySet();
        if (subsets.size() > 1) {
            for (var subset : subsets) {
                var id = catchAll ? subset : route.name() + "-" + subset;
                rows.add(new SplitRow(editor, subset, id, catchAll));
            }
        }
        weights.getChildren().addAll(rows);
        timeout = timeout(suffix);
        attempts = attempts(suffix);
        getChildren()
                .addAll(
                        new VBox(title, match, holds),
                        unsplit,
                        setWeights,
                        weights,
                        timeout,
                        attempts);
    }

    private TypedField<Optional<Duration>> timeout(String suffix) {
        var help =
                "How long the whole request may take, with all its tries; empty for no bound"
                        + " by this route.";
        return new TypedField<>(
                        new TypedField.Named("route-timeout" + suffix, "Timeout", help),
                        Notation.MAYBE_DURATION,
                        editor::changeTimeout)
                .withPrompt("none");
    }

    private TypedField<Integer> attempts(String suffix) {
        var help =
                "How often a request that failed is tried again, from 0 to 10. One that is not"
                        + " idempotent never is once a byte of it left.";
        return new TypedField<>(
                new TypedField.Named("route-attempts" + suffix, "Tries again", help),
                Notation.COUNT,
                editor::changeAttempts);
    }

    private void spread() {
        var subsets = List.copyOf(editor.split().keySet());
        editor.changeSplit(SplitShares.even(subsets), new Object());
    }

    void refresh() {
        var route = editor.route();
        if (route == null) {
            return;
        }
        holds.setText(editor.holds());
        Nodes.show(holds, !holds.getText().isEmpty());
        boolean many = !rows.isEmpty();
        boolean split = !route.split().isEmpty();
        unsplit.setText(
                many
                        ? "No weights are set: all subsets get equal parts."
                        : "All to " + String.join(", ", editor.split().keySet()) + ".");
        Nodes.show(unsplit, !split || !many);
        Nodes.show(setWeights, many && !split);
        Nodes.show(weights, many && split);
        rows.forEach(SplitRow::refresh);
        timeout.show(
                editor.timeout(),
                editor.note(
                        r -> Optional.ofNullable(r.timeout()),
                        new RunningLinks.Said<>(
                                Optional.of(editor.timeout()),
                                t -> t.flatMap(x -> x).map(Exact::duration).orElse("none"))));
        attempts.show(
                editor.attempts(),
                editor.note(
                        RouteCard::attempts,
                        new RunningLinks.Said<>(
                                Optional.of(editor.attempts()),
                                n -> n.map(String::valueOf).orElse("none"))));
    }

    private static int attempts(Route route) {
        Retry retry = route.retry();
        return retry == null ? 0 : retry.attempts();
    }
}
