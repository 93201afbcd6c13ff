package io.batchmesh.ui.shell;

import io.batchmesh.ui.Nodes;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** Says what of a bookmark could not be shown as it was. */
final class LackingBanner extends HBox {
    private static final int MOST = 3;

    LackingBanner(List<String> lacking, Runnable close) {
        super(10);
        setId("lacking");
        getStyleClass().addAll("bm-banner", "bm-warn");
        setAlignment(Pos.CENTER_LEFT);
        var told = String.join("; ", lacking.subList(0, Math.min(MOST, lacking.size())));
        var more = lacking.size() > MOST ? "; and " + (lacking.size() - MOST) + " more" : "";
        var words = Nodes.label("▲ Not all of the view could be shown: " + told + more);
        words.setTooltip(new Tooltip(String.join("\n", lacking)));
        words.setMinWidth(0);
        getChildren()
                .addAll(
                        words,
                        Nodes.spring(),
                        Nodes.button("lacking-close", "Close", b -> close.run()));
    }
}
