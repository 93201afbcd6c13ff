package io.batchmesh.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    @Test
    void whoHearsOfARevisionSeesItsDrawing() {
        var seen =
                FxToolkitThread.call(() -> {
                    var opened = SampleWorkspace.topology("bookinfo");
                    var workspace = SampleWorkspace.of(opened);
                    var drawings = new ArrayList<Topology>();
                    workspace
                            .revisionProperty()
                            .addListener((p, was, now) -> drawings.add(workspace.topology()));
                    workspace
                            .history()
                            .edit(
                                    new LinkEdit.SetBatchWindow(
                                            LinkId.of("ingress", "productpage"), null));
                    assertNotSame(opened, workspace.topology());
                    assertTrue(
                            drawings.equals(List.of(workspace.topology())),
                            "the drawing before it");
                    return drawings.size();
                });
        assertEquals(1, seen);
    }
}
