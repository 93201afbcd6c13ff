package io.batchmesh.ui.shell;

import io.batchmesh.edit.WholeEdit;
import io.batchmesh.store.Recovered;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;

/** Offers edits that were not saved when an earlier session ended. */
final class RecoveryBanner extends HBox {
    RecoveryBanner(Recovered recovered, Workspace workspace, Runnable used, Runnable discarded) {
        super(12);
        setId("recovery");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("bm-banner", "bm-warn");
        var age = Duration.between(recovered.time(), workspace.clocks().now());
        var words =
                "Edits made "
                        + Formats.age(age)
                        + " were not saved"
                        + (recovered.fileChanged() ? ", and the file was changed since" : "")
                        + ".";
        var use =
                Nodes.button(
                        "recovery-use",
                        "Use them",
                        b -> {
                            workspace.edit(
                                    new WholeEdit.Replace("Recover edits", recovered.topology()));
                            used.run();
                        });
        var discard = Nodes.button("recovery-discard", "Throw them away", b -> discarded.run());
        getChildren().addAll(Nodes.label(words), Nodes.spring(), discard, use);
    }
}
