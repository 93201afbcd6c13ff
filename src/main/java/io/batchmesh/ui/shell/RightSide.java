package io.batchmesh.ui.shell;

import io.batchmesh.ui.Workspace;
import javafx.scene.layout.Region;

/** What is docked on the right: the inspector, or the push beside the live canvas. */
final class RightSide {
    private final Workspace workspace;
    private final ShellView shell;

    RightSide(Workspace workspace, ShellView shell) {
        this.workspace = workspace;
        this.shell = shell;
        shell.showRight(new Region());
    }

    void showPush() {}

    void rollBack() {}
}
