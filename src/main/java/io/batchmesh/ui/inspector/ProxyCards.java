package io.batchmesh.ui.inspector;

import io.batchmesh.document.DocumentVersion;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The proxies of a service: whether they are live, and what they say they run. */
final class ProxyCards extends VBox {
    private final Scope scope;
    private final ServiceId id;
    private List<Shown> shown = List.of();
    private final VBox rows = new VBox(4);

    private record Shown(String name, String mark, String tone, String words, String reason) {}

    ProxyCards(Scope scope, ServiceId id) {
        this.scope = scope;
        this.id = id;
        rows.setId("service-proxies");
        getChildren().addAll(Nodes.heading("Proxies"), rows);
    }

    void refresh() {
        var now =
                scope.workspace().snapshotProperty().get().proxies().values().stream()
                        .filter(p -> p.service().equals(id.name()))
                        .map(this::words)
                        .toList();
        if (now.equals(shown) && !rows.getChildren().isEmpty()) {
            return;
        }
        shown = now;
        rows.getChildren().setAll(now.stream().map(ProxyCards::row).toList());
        if (now.isEmpty()) {
            rows.getChildren().add(Nodes.label("none is watched", "bm-muted", "bm-small"));
        }
    }

    private Shown words(ProxyMetrics proxy) {
        var version = proxy.version();
        var brief = version == null ? "" : new DocumentVersion(version).brief();
        var revision = proxy.revision() == null ? "" : " · rev " + proxy.revision();
        boolean live = proxy.state() == ProxyState.LIVE;
        var state = proxy.state().name().toLowerCase(Locale.ROOT);
        var reason = proxy.reason() == null ? "" : proxy.reason();
        if (!live) {
            var seen = proxy.lastSeen();
            var age =
                    seen == null
                            ? "never seen"
                            : "seen "
                                    + Formats.age(
                                            Duration.between(
                                                    seen, scope.workspace().shownMoment()));
            reason = state + ", " + age + (reason.isEmpty() ? "" : ": " + reason);
        }
        return new Shown(
                proxy.proxy(), mark(proxy.state()), tone(proxy.state()), brief + revision, reason);
    }

    private static String mark(ProxyState state) {
        return switch (state) {
            case LIVE -> "●";
            case STALE -> "▲";
            case UNREACHABLE, UNREADABLE -> "■";
        };
    }

    private static String tone(ProxyState state) {
        return switch (state) {
            case LIVE -> "bm-ok";
            case STALE -> "bm-warn";
            case UNREACHABLE, UNREADABLE -> "bm-error";
        };
    }

    private static Node row(Shown proxy) {
        var version = Nodes.number("bm-muted");
        version.setText(proxy.words());
        var line =
                new HBox(
                        7,
                        Nodes.label(proxy.mark(), proxy.tone()),
                        Nodes.label(proxy.name()),
                        Nodes.spring(),
                        version);
        line.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        var card = new VBox(1, line);
        if (!proxy.reason().isEmpty()) {
            var reason = Nodes.label(proxy.reason(), "bm-small", proxy.tone());
            reason.setWrapText(true);
            reason.setMinHeight(Region.USE_PREF_SIZE);
            card.getChildren().add(reason);
        }
        return card;
    }
}
