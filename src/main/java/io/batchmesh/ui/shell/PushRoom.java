package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Mark;
import io.batchmesh.plan.Plan;
import io.batchmesh.push.PushProgress;
import io.batchmesh.push.PushRecord;
import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Waves;
import io.batchmesh.target.Environment;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plan.PushDesk;
import io.batchmesh.ui.plan.PushState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries pushes out for the window, off the FX thread, and marks them in the plots. */
final class PushRoom implements PushDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PushRoom.class);

    private final Workspace workspace;
    private final Session session;
    private final SessionParts parts;
    private final ReadOnlyObjectWrapper<PushState> state =
            new ReadOnlyObjectWrapper<>(new PushState.Idle("Push"));
    private Runnable onClose = () -> {};
    private @Nullable Future<?> running;

    PushRoom(Workspace workspace, Session session, SessionParts parts) {
        this.workspace = workspace;
        this.session = session;
        this.parts = parts;
        parts.io().execute(this::nameNext);
    }

    void setOnClose(Runnable onClose) {
        this.onClose = onClose;
    }

    @Override
    public ObservableValue<PushState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    @Override
    public void push(Plan plan) {
        if (lookingBack()) {
            return;
        }
        var target = session.environment();
        long drawn = workspace.revisionProperty().get();
        boolean current = workspace.deploymentProperty().get().revision() == drawn;
        if (target == null || isRunning() || !current || plan.doable().isEmpty()) {
            return;
        }
        var revision = Long.toString(drawn);
        start(() -> carryOut(plan, target, revision));
    }

    @Override
    public void rollBack() {
        var target = session.environment();
        if (target != null && !isRunning() && !lookingBack()) {
            start(() -> takeBack(target));
        }
    }

    @Override
    public void cancel() {
        if (running != null) {
            running.cancel(true);
        }
    }

    @Override
    public void close() {
        if (!isRunning()) {
            parts.io().execute(this::nameNext);
        }
        onClose.run();
    }

    /** Whoever sees numbers of another time must not act on them. */
    private boolean lookingBack() {
        boolean past = !workspace.shownTimeProperty().get().isLive();
        workspace.refuse(past ? "nothing was pushed: go back to live first (Ctrl+L)" : "");
        return past;
    }

    private boolean isRunning() {
        return state.get() instanceof PushState.Running;
    }

    private void start(Runnable task) {
        state.set(new PushState.Running("Push", List.of()));
        running = parts.io().submit(() -> guarded(task));
    }

    /** The boundary of the task: whatever goes wrong must end the state "running". */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A push ended by a fault of the program", e);
            ended("the push ended by a fault of the program; the log has the details");
        }
    }

    private void carryOut(Plan plan, Environment target, @Nullable String revision) {
        var request = new PushRequest(target, plan, Waves.ALL, parts.push().author(), revision);
        try {
            var end = parts.push().pusher().push(request, this::progress);
            FxThread.run(() -> finished(end));
        } catch (IOException e) {
            ended("nothing was sent, since the push cannot be recorded: " + e.getMessage());
        }
        session.readBackSoon();
    }

    private void takeBack(Environment target) {
        try {
            PushRecord last = parts.push().log().last(target.name());
            if (last == null) {
                ended("no push to " + target.name() + " is remembered");
                return;
            }
            var proposal = parts.push().rollback().plan(last, target);
            if (proposal.plan().doable().isEmpty()) {
                ended(last.id() + " cannot be taken back: nothing of it runs any more");
                return;
            }
            carryOut(proposal.plan(), target, proposal.revision());
        } catch (IOException e) {
            ended("the record of pushes cannot be read: " + e.getMessage());
        }
    }

    private void progress(PushProgress progress) {
        FxThread.run(() -> {
            if (isRunning()) {
                state.set(PushWords.running(progress));
            }
        });
    }

    private void finished(PushProgress end) {
        var mark = new Mark(workspace.clocks().now(), PushWords.mark(end.id()));
        // The proxies' histories may have told of it already.
        if (workspace.past().marks().stream().noneMatch(m -> m.label().equals(mark.label()))) {
            workspace.past().mark(mark);
        }
        state.set(PushWords.finished(end));
    }

    private void ended(String summary) {
        FxThread.run(() -> state.set(new PushState.Finished("Push", List.of(), summary, false)));
    }

    private void nameNext() {
        try {
            long last =
                    parts.push().log().records().stream()
                            .mapToLong(r -> r.id().number())
                            .max()
                            .orElse(0);
            FxThread.run(() -> {
                if (!isRunning()) {
                    state.set(new PushState.Idle("Push " + (last + 1)));
                }
            });
        } catch (IOException e) {
            LOG.warn("The record of pushes cannot be read: {}", e.toString());
        }
    }
}
