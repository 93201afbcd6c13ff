package io.batchmesh.ui;

import io.batchmesh.alert.Alert;
import io.batchmesh.edit.EditCommand;
import io.batchmesh.edit.EditResult;
import io.batchmesh.edit.History;
import io.batchmesh.forecast.Advice;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.SnapshotHistory;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.Disagreement;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.push.Change;
import io.batchmesh.time.Clocks;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Validator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one mutable object of a window: the drawing, what is selected in it, what runs, and what is
 * seen. These three truths are held side by side and never merged. FX thread alone.
 */
public final class Workspace {
    private final Clocks clocks;
    private final History history;
    private final SnapshotHistory past = new SnapshotHistory();
    private final ReadOnlyObjectWrapper<Topology> topology;
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private final ObjectProperty<Selection> selection = new SimpleObjectProperty<>(Selection.NONE);
    private final ReadOnlyObjectWrapper<List<Finding>> findings;
    private final ObjectProperty<MeshSnapshot> snapshot =
            new SimpleObjectProperty<>(MeshSnapshot.EMPTY);
    private final ObjectProperty<Deployment> deployment =
            new SimpleObjectProperty<>(Deployment.UNKNOWN);
    private final ObjectProperty<Connection> connection =
            new SimpleObjectProperty<>(new Connection.None("no mesh is connected"));
    private final ObjectProperty<Saving> saving;
    private @Nullable LinkId lookedAt;
    private final ObjectProperty<Switched> switched = new SimpleObjectProperty<>(Switched.NOTHING);
    private final ObjectProperty<HandSwitch> handSwitch =
            new SimpleObjectProperty<>(HandSwitch.NONE);
    private final ObjectProperty<Tapping> tapping = new SimpleObjectProperty<>(Tapping.NONE);
    private final ObjectProperty<@Nullable TraceTemplate> traces = new SimpleObjectProperty<>();
    private final ObjectProperty<Consumer<URI>> browser = new SimpleObjectProperty<>(uri -> {});
    private final ReadOnlyObjectWrapper<ShownTime> shownTime =
            new ReadOnlyObjectWrapper<>(new ShownTime.Live());
    private MeshSnapshot newest = MeshSnapshot.EMPTY;
    private SnapshotHistory shownPast = past;
    private String recording = "";
    private final ObjectProperty<List<Disagreement>> disagreements =
            new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<List<Advice>> advice = new SimpleObjectProperty<>(List.of());
    private final AlertBoard alerts = new AlertBoard();
    private final ObjectProperty<List<Change>> changes = new SimpleObjectProperty<>(List.of());
    private boolean readOnly;
    private SnapshotHistory.Reading reading = new SnapshotHistory.Reading();
    private final ReadOnlyObjectWrapper<String> refusal = new ReadOnlyObjectWrapper<>("");

    public Workspace(Topology opened, Path file, Clocks clocks) {
        this.clocks = clocks;
        history = new History(opened);
        topology = new ReadOnlyObjectWrapper<>(opened);
        findings = new ReadOnlyObjectWrapper<>(Validator.validate(opened));
        saving = new SimpleObjectProperty<>(new Saving(file, null, ""));
        history.addListener(change -> {
            topology.set(change.after());
            findings.set(readOnly ? List.of() : Validator.validate(change.after()));
            selection.set(selection.get().within(change.after()));
            // Last, since whoever hears of a revision takes the drawing for that of the revision.
            revision.set(change.revision());
        });
    }

    /**
     * Makes it one that only looks: what rules would say of the drawing before a push says nothing
     * here.
     */
    public void setReadOnly() {
        readOnly = true;
        findings.set(List.of());
    }

    /** Whether nothing may be pushed or written. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Where the drawing and the traffic that is seen do not agree. */
    public ObjectProperty<List<Disagreement>> disagreementsProperty() {
        return disagreements;
    }

    /** What is advised about the links, what is worth most first; each link has one at least. */
    public ObjectProperty<List<Advice>> adviceProperty() {
        return advice;
    }

    public Clocks clocks() {
        return clocks;
    }

    /** What was done to the drawing, for undo and redo. */
    public History history() {
        return history;
    }

    /** The drawing as it is edited. */
    public ReadOnlyObjectProperty<Topology> topologyProperty() {
        return topology.getReadOnlyProperty();
    }

    public Topology topology() {
        return topology.get();
    }

    /** Goes up with every edit, undo and redo, once all else here is that of the edit. */
    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    public ObjectProperty<Selection> selectionProperty() {
        return selection;
    }

    public void select(Selection selected) {
        selection.set(selected);
    }

    /** What the rules find in the drawing as it is edited. */
    public ReadOnlyObjectProperty<List<Finding>> findingsProperty() {
        return findings.getReadOnlyProperty();
    }

    /** What was seen last. */
    public ObjectProperty<MeshSnapshot> snapshotProperty() {
        return snapshot;
    }

    /** What was seen before, for plots. */
    public SnapshotHistory past() {
        return past;
    }

    /** Takes what is seen now; it is kept, and shown unless a moment of the past is. */
    public void observe(MeshSnapshot seen) {
        past.add(seen);
        newest = seen;
        alerts.look(topology(), seen);
        if (shownTime.get().isLive()) {
            snapshot.set(seen);
        }
    }

    /** What changed what runs, newest first, whoever did it. */
    public ObjectProperty<List<Change>> changesProperty() {
        return changes;
    }

    /** What was seen last, whatever moment is shown. */
    public MeshSnapshot newest() {
        return newest;
    }

    /** The alerts of the drawing's rules, by what is seen. */
    public AlertBoard alerts() {
        return alerts;
    }

    /** What calls for somebody at the moment that is shown. */
    public List<Alert> calling() {
        return alerts.callingAt(shownTime.get());
    }

    /** Which moment is shown; the snapshot is that of it. */
    public ReadOnlyObjectProperty<ShownTime> shownTimeProperty() {
        return shownTime.getReadOnlyProperty();
    }

    /** The moment that is shown: now, or a moment of the past. */
    public Instant shownMoment() {
        return shownTime.get() instanceof ShownTime.Past held ? held.at() : clocks.now();
    }

    /** What is looked at: what was seen here, or a recording. */
    public SnapshotHistory shownPast() {
        return shownPast;
    }

    /** The name of the recording that is looked at, empty when it is what was seen here. */
    public String recording() {
        return recording;
    }

    /** Looks at a recording from now on; {@link #showNow} ends that. */
    public void openRecording(SnapshotHistory recorded, String name) {
        shownPast = recorded;
        reading = new SnapshotHistory.Reading();
        recording = name;
    }

    /**
     * Shows a moment of the past.
     *
     * @param playing whether it goes on by itself
     */
    public void show(Instant at, boolean playing) {
        snapshot.set(shownPast.at(at, homes(), reading));
        shownTime.set(new ShownTime.Past(at, playing, recording));
    }

    /** Shows what is seen now, and goes on doing so. */
    public void showNow() {
        shownPast = past;
        reading = new SnapshotHistory.Reading();
        recording = "";
        snapshot.set(newest);
        shownTime.set(new ShownTime.Live());
    }

    private Map<String, String> homes() {
        var homes = new HashMap<String, String>();
        topology().proxies().forEach((id, p) -> homes.put(id.name(), p.service().name()));
        newest.proxies().values().forEach(p -> homes.put(p.proxy(), p.service()));
        return homes;
    }

    /** What runs, and the difference to it. */
    public ObjectProperty<Deployment> deploymentProperty() {
        return deployment;
    }

    public ObjectProperty<Connection> connectionProperty() {
        return connection;
    }

    public ObjectProperty<Saving> savingProperty() {
        return saving;
    }

    /** Why the last edit was refused, or empty. */
    public ReadOnlyObjectProperty<String> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** Says why something was not done; empty when all is well. */
    public void refuse(String why) {
        refusal.set(why);
    }

    /** What somebody switched by hand at the proxies. */
    public ObjectProperty<Switched> switchedProperty() {
        return switched;
    }

    /** What switches things by hand at the proxies. */
    public ObjectProperty<HandSwitch> handSwitchProperty() {
        return handSwitch;
    }

    /** What looks at single requests in the proxies. */
    public ObjectProperty<Tapping> tappingProperty() {
        return tapping;
    }

    /** Where traces are looked at; null where that is not known. */
    public ObjectProperty<@Nullable TraceTemplate> tracesProperty() {
        return traces;
    }

    /** What opens an address for the operator. */
    public ObjectProperty<Consumer<URI>> browserProperty() {
        return browser;
    }

    /** Edits the drawing as a step of its own. */
    public EditResult edit(EditCommand command) {
        return note(history.edit(command));
    }

    /** Edits the drawing; edits in a row with equal keys are one step. */
    public EditResult edit(EditCommand command, Object mergeKey) {
        return note(history.edit(command, mergeKey));
    }

    private EditResult note(EditResult result) {
        refusal.set(
                result instanceof EditResult.Refused refused
                        ? refused.refusal().message() + "; " + refused.refusal().mend()
                        : "");
        return result;
    }

    /**
     * The link whose numbers are shown: the selected one; else one of the selected service; else
     * the one that was shown before, or the one whose window uses most of the stages.
     */
    public @Nullable LinkId lookedAt() {
        var link = selection.get().onlyLink();
        var service = selection.get().onlyService();
        if (link == null && service != null) {
            link =
                    Stream.concat(
                                    topology().linksTo(service).stream(),
                                    topology().linksFrom(service).stream())
                            .map(Link::id)
                            .findFirst()
                            .orElse(null);
        }
        if (link == null && lookedAt != null && topology().link(lookedAt) != null) {
            link = lookedAt;
        }
        if (link == null) {
            link =
                    topology().links().values().stream()
                            .max(Comparator.comparingInt(Workspace::stagesUsed))
                            .map(Link::id)
                            .orElse(null);
        }
        lookedAt = link;
        return link;
    }

    private static int stagesUsed(Link link) {
        var window = link.window();
        int batching = window.policy() == BatchWindow.Policy.OFF ? 0 : 1;
        return batching + (window.cache() == null ? 0 : 1) + (window.compression() == null ? 0 : 1);
    }

    public void undo() {
        history.undo();
    }

    public void redo() {
        history.redo();
    }
}
