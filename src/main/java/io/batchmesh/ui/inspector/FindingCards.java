package io.batchmesh.ui.inspector;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.Nodes;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the rules find in the thing that is selected, with what to do about it. */
final class FindingCards extends VBox {
    /** The window only adds latency at this load. */
    private static final String NOT_WORTH_IT = "BM-214";

    private final Scope scope;
    private final Predicate<Subject> wanted;
    private List<Finding> shown = List.of();

    FindingCards(Scope scope, Predicate<Subject> wanted) {
        this.scope = scope;
        this.wanted = wanted;
        getStyleClass().add("bm-finding-cards");
        setId("findings");
    }

    void refresh() {
        var found =
                scope.workspace().findingsProperty().get().stream()
                        .filter(f -> wanted.test(f.subject()))
                        .sorted(Comparator.comparing(Finding::severity))
                        .toList();
        if (!found.equals(shown)) {
            shown = found;
            getChildren().setAll(found.stream().map(this::card).toList());
        }
        Nodes.show(this, !found.isEmpty());
    }

    private Node card(Finding finding) {
        var words = Nodes.label(mark(finding.severity()) + " " + capital(finding.message()) + ".");
        var mend = Nodes.label(capital(finding.mend()) + ".", "bm-small", "bm-finding-mend");
        var rule = Nodes.label(finding.rule(), "bm-small", "bm-faint");
        for (var label : List.of(words, mend)) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        var foot = new HBox(8, rule, Nodes.spring());
        foot.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        if (finding.rule().equals(NOT_WORTH_IT)
                && finding.subject() instanceof Subject.OfLink(LinkId link)) {
            foot.getChildren().add(useAuto(link));
        }
        var card = new VBox(words, mend, foot);
        card.getStyleClass().add(style(finding.severity()));
        card.setMinHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private Node useAuto(LinkId id) {
        var button =
                Nodes.button(
                        "use-auto",
                        "Use auto",
                        b -> {
                            var link = scope.workspace().topology().link(id);
                            if (link != null) {
                                var window = link.window().withPolicy(BatchWindow.Policy.AUTO);
                                scope.workspace().edit(new LinkEdit.SetBatchWindow(id, window));
                            }
                        });
        button.getStyleClass().add("bm-link-button");
        return button;
    }

    private static String mark(Severity severity) {
        return switch (severity) {
            case ERROR -> "■";
            case WARNING -> "▲";
            case INFO -> "●";
        };
    }

    private static String style(Severity severity) {
        return switch (severity) {
            case ERROR -> "bm-finding-error";
            case WARNING -> "bm-finding-warn";
            case INFO -> "bm-finding-info";
        };
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
