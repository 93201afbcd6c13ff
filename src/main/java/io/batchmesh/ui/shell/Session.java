package io.batchmesh.ui.shell;

import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.edit.WholeEdit;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.Discovery;
import io.batchmesh.observe.PrometheusSource;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.observe.ServiceNames;
import io.batchmesh.observe.SnapshotSource;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.target.Environment;
import io.batchmesh.translate.Documents;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.ui.Connection;
import io.batchmesh.ui.Deployment;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.TraceTemplate;
import io.batchmesh.ui.Workspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a window from the proxies: scrapes them each second, reads back what they run, and keeps
 * the plan up to date with both the edit and the proxies. All I/O is off the FX thread; only
 * immutable values cross, snapshots through a slot in which the latest wins.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long READ_BACK_SECONDS = 2;

    private final Workspace workspace;
    private final Runnable refresh;
    private final SessionParts parts;
    private final AtomicReference<@Nullable MeshSnapshot> latest = new AtomicReference<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable Environment environment;
    private volatile Map<DocumentId, RunningDocument> running = Map.of();
    private @Nullable SnapshotSource source;
    private Discovery discovery = new Discovery();
    private @Nullable ServiceNames drawing;
    private Runnable onDrawn = () -> {};
    private @Nullable ScheduledFuture<?> readBack;
    private volatile @Nullable SessionSwitch hand;
    private @Nullable SessionTap tapping;

    /**
     * @param workspace what is fed
     * @param refresh called on the FX thread after each snapshot
     */
    Session(Workspace workspace, Runnable refresh, SessionParts parts) {
        this.workspace = workspace;
        this.refresh = refresh;
        this.parts = parts;
        workspace.revisionProperty().subscribe(r -> replan());
    }

    /** Watches the proxies of an environment from now on. Any thread. */
    public void connect(Environment target) {
        connect(target, null);
    }

    /**
     * Watches the proxies of an environment from now on. Any thread.
     *
     * @param metrics not begun, looked at in place of the proxies' own metrics; null for theirs
     */
    public void connect(Environment target, @Nullable PrometheusSource metrics) {
        FxThread.run(() -> connected(target, metrics));
    }

    /** Takes where traces are looked at; says so when that makes no sense. Any thread. */
    public void traces(String template) {
        FxThread.run(() -> {
            var problem = TraceTemplate.problem(template);
            if (problem == null) {
                workspace.tracesProperty().set(new TraceTemplate(template));
            } else {
                workspace.refuse("the address of traces " + problem);
            }
        });
    }

    private void connected(Environment target, @Nullable PrometheusSource metrics) {
        close();
        discovery = new Discovery();
        environment = target;
        var state = new Connection.Connected(target.name(), target.proxies().size());
        workspace.connectionProperty().set(state);
        hand = new SessionSwitch(workspace, target, parts);
        workspace.handSwitchProperty().set(hand);
        tapping = new SessionTap(workspace, target, parts, parts.admin());
        workspace.tappingProperty().set(tapping);
        if (metrics != null) {
            metrics.onPast(past -> FxThread.run(() -> past.forEach(workspace.past()::add)));
        }
        var next = metrics == null ? scraper(target) : metrics;
        next.start(this::seen);
        source = next;
        readBack =
                parts.timer()
                        .scheduleWithFixedDelay(
                                this::readBackSoon, 0, READ_BACK_SECONDS, TimeUnit.SECONDS);
    }

    private Scraper scraper(Environment target) {
        return new Scraper(
                ScrapeSettings.DEFAULT,
                targets(target),
                workspace.clocks(),
                parts.io(),
                parts.http());
    }

    private static List<ScrapeTarget> targets(Environment target) {
        return target.proxies().stream()
                .map(p -> new ScrapeTarget(p.name().name(), p.service().name(), p.metrics()))
                .toList();
    }

    /**
     * Looks at somebody else's metrics from now on, and draws what carries traffic. Nothing is
     * pushed or written. Any thread.
     *
     * @param watched not begun
     * @param names of services, which the source has learnt
     */
    public void watch(String target, PrometheusSource watched, ServiceNames names) {
        FxThread.run(() -> {
            close();
            environment = null;
            drawing = names;
            workspace.connectionProperty().set(new Connection.Watching(target));
            workspace.tappingProperty().set(SessionTap.watching());
            watched.onPast(past -> FxThread.run(() -> past.forEach(workspace.past()::add)));
            watched.start(this::seen);
            source = watched;
        });
    }

    /** Called on the FX thread when something was drawn for the first time. */
    void setOnDrawn(Runnable onDrawn) {
        this.onDrawn = onDrawn;
    }

    /** Says where drawing and traffic do not agree; who only looks gets it drawn at once. */
    private void compare(MeshSnapshot snapshot) {
        var names = drawing;
        if (names != null) {
            var drawn = workspace.topology();
            var merged = Discovery.merged(drawn, snapshot, names);
            if (!merged.equals(drawn)) {
                workspace.edit(new WholeEdit.Replace("Draw what carries traffic", merged));
                workspace.history().markSaved();
                if (drawn.links().isEmpty()) {
                    onDrawn.run();
                }
            }
        }
        workspace.disagreementsProperty().set(discovery.look(workspace.topology(), snapshot));
    }

    /** The environment that is watched, or null. */
    public @Nullable Environment environment() {
        return environment;
    }

    /** What was found at the proxies last. */
    public Map<DocumentId, RunningDocument> running() {
        return running;
    }

    private void seen(MeshSnapshot snapshot) {
        if (latest.getAndSet(snapshot) == null) {
            FxThread.run(this::takeLatest);
        }
    }

    private void takeLatest() {
        var snapshot = latest.getAndSet(null);
        if (snapshot != null) {
            workspace.observe(snapshot);
            compare(snapshot);
            refresh.run();
        }
    }

    /** Reads back at the next turn of a thread for I/O; called also right after a push. */
    void readBackSoon() {
        if (reading.compareAndSet(false, true)) {
            parts.io().execute(this::readBack);
        }
    }

    /** The boundary of the loop: a fault in one reading must not end the next. */
    private void readBack() {
        try {
            var target = environment;
            if (target != null) {
                running = parts.readBack().apply(target);
                FxThread.run(this::replan);
                var changes = parts.changes().look(target, running);
                FxThread.run(() -> workspace.changesProperty().set(changes));
                var switches = hand;
                if (switches != null) {
                    switches.look();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("Reading back what runs ended by a fault of the program", e);
        } finally {
            reading.set(false);
        }
    }

    /** Makes the plan anew for the drawing as it is now. FX thread. */
    private void replan() {
        var target = environment;
        var found = running;
        if (target == null || found.isEmpty()) {
            return;
        }
        var topology = workspace.topology();
        long revision = workspace.revisionProperty().get();
        parts.io().execute(() -> replan(topology, revision, target, found));
    }

    private void replan(
            Topology topology,
            long revision,
            Environment target,
            Map<DocumentId, RunningDocument> found) {
        var deployment =
                new Deployment(found, PlanBuilder.plan(desired(topology, target), found), revision);
        FxThread.run(() -> {
            // An older plan must not take the place of a newer one.
            if (workspace.revisionProperty().get() == revision
                    && !deployment.equals(workspace.deploymentProperty().get())) {
                workspace.deploymentProperty().set(deployment);
            }
        });
    }

    private static List<Document> desired(Topology topology, Environment target) {
        return SidecarTranslation.configs(topology, target.addresses()).stream()
                .map(Documents::of)
                .toList();
    }

    /** Says that the proxies are being started. Any thread. */
    public void starting(String target) {
        FxThread.run(() -> workspace.connectionProperty().set(new Connection.Starting(target)));
    }

    /** Says that the proxies are gone. Any thread. */
    public void lost(String target, String reason) {
        FxThread.run(() -> workspace.connectionProperty().set(new Connection.Lost(target, reason)));
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
            source = null;
        }
        if (tapping != null) {
            tapping.stop();
            tapping = null;
        }
        if (readBack != null) {
            readBack.cancel(false);
            readBack = null;
        }
    }
}
