package io.batchmesh.ui.shell;

import io.batchmesh.alert.AlertEvent;
import io.batchmesh.model.AlertRule;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.Notifications;
import org.jspecify.annotations.Nullable;

/**
 * Tells of alerts beside the window's work: what begins to fire, once, for some seconds. Those of
 * one moment are one notice, notices are {@link #APART} apart at the least, what came between is
 * counted in the next, and nobody is told who does not want to be disturbed.
 */
final class AlertNotices {
    /** The least time between two notices. */
    static final Duration APART = Duration.ofSeconds(10);

    private static final javafx.util.Duration SHOWN = javafx.util.Duration.seconds(8);

    private final Workspace workspace;
    private final Node place;
    private final MenuButton menu = new MenuButton();
    private @Nullable Instant quietUntil;
    private @Nullable Instant lastAt;
    private int held;

    AlertNotices(Workspace workspace, Node place) {
        this.workspace = workspace;
        this.place = place;
        menu.setId("alert-notices");
        menu.setMinWidth(MenuButton.USE_PREF_SIZE);
        menu.setTooltip(new Tooltip("Whether a notice tells when an alert fires"));
        menu.getItems()
                .addAll(
                        TimeMenu.item("notices-on", "Tell me", () -> quiet(null)),
                        TimeMenu.item(
                                "notices-30",
                                "Do not disturb for 30 min",
                                () -> quiet(Duration.ofMinutes(30))),
                        TimeMenu.item(
                                "notices-240",
                                "Do not disturb for 4 h",
                                () -> quiet(Duration.ofHours(4))),
                        TimeMenu.item(
                                "notices-off",
                                "Do not disturb while this window is open",
                                () -> quiet(Duration.ofDays(3650))));
        quiet(null);
        workspace.alerts().onEvents(this::tell);
    }

    /** What chooses whether notices come. */
    MenuButton menu() {
        return menu;
    }

    /** Holds notices back for some time, or not any more with null. */
    void quiet(@Nullable Duration time) {
        quietUntil = time == null ? null : workspace.clocks().now().plus(time);
        menu.setText(time == null ? "Notices" : "Do not disturb");
    }

    private boolean isQuiet(Instant now) {
        var until = quietUntil;
        if (until != null && now.isAfter(until)) {
            quiet(null);
            return false;
        }
        return until != null;
    }

    private void tell(List<AlertEvent> events) {
        var words = due(events, workspace.clocks().now());
        var scene = place.getScene();
        if (words != null && scene != null && scene.getWindow() != null) {
            show(words, scene.getWindow());
        }
    }

    private void show(Words words, javafx.stage.Window window) {
        var notice =
                Notifications.create()
                        .owner(window)
                        .title(words.title())
                        .text(words.text())
                        .hideAfter(SHOWN)
                        .position(Pos.TOP_RIGHT)
                        .onAction(e -> {
                            var first = words.first().alert();
                            var target =
                                    AlertWords.target(first, workspace)
                                            .within(workspace.topology());
                            if (!target.isEmpty()) {
                                workspace.select(target);
                            }
                        });
        if (words.first().alert().urgency() == AlertRule.Urgency.PAGE) {
            notice.showError();
        } else {
            notice.showWarning();
        }
    }

    /**
     * What a notice says.
     *
     * @param first the most urgent event, which a click shows
     */
    record Words(String title, String text, AlertEvent first) {}

    /** The notice that is due by these events, null for none. */
    @Nullable Words due(List<AlertEvent> events, Instant now) {
        var fired = events.stream().filter(e -> e.kind() == AlertEvent.Kind.FIRING).toList();
        if (fired.isEmpty() || isQuiet(now)) {
            return null;
        }
        var last = lastAt;
        if (last != null && Duration.between(last, now).compareTo(APART) < 0) {
            held += fired.size();
            return null;
        }
        lastAt = now;
        var first =
                fired.stream()
                        .min(java.util.Comparator.comparing(e -> e.alert().urgency()))
                        .orElseThrow();
        int more = fired.size() - 1 + held;
        held = 0;
        var alert = first.alert();
        return new Words(
                AlertWords.mark(alert.urgency()) + " " + alert.rule().name(),
                AlertWords.thing(alert)
                        + ": "
                        + AlertWords.fact(alert)
                        + (more == 0 ? "" : "\nand " + Formats.count(more) + " more"),
                first);
    }
}
