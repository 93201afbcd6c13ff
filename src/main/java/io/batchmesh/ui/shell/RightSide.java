package io.batchmesh.ui.shell;

import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.inspector.InspectorView;
import io.batchmesh.ui.plan.PlanView;
import io.batchmesh.ui.plan.PushDesk;
import io.batchmesh.ui.plan.PushState;
import java.util.concurrent.Executor;

/** What is docked on the right: the inspector, or the push beside the live canvas. */
final class RightSide {
    private final ShellView shell;
    private final PushDesk desk;
    private final InspectorView inspector;
    private final PlanView plan;

    RightSide(Workspace workspace, ShellView shell, PushDesk desk, Executor background) {
        this.shell = shell;
        this.desk = desk;
        inspector = new InspectorView(workspace, background);
        plan = new PlanView(workspace, desk);
        desk.stateProperty().subscribe(this::offerRollBack);
        shell.showRight(inspector);
    }

    void showPush() {
        // A push that is over gives way to the next one.
        desk.close();
        shell.showRight(plan);
    }

    void showInspector() {
        shell.showRight(inspector);
    }

    void rollBack() {
        shell.showRight(plan);
        desk.rollBack();
    }

    private void offerRollBack(PushState state) {
        if (state instanceof PushState.Finished done) {
            shell.toolbar().offerRollBack(done.canRollBack() ? done.name() : "");
        }
    }
}
