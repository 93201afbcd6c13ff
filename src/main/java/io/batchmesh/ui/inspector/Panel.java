package io.batchmesh.ui.inspector;

import javafx.scene.layout.Region;

/** What the inspector shows for one selection. */
interface Panel {
    Region node();

    /** Shows what the workspace has now. */
    void refresh();
}
