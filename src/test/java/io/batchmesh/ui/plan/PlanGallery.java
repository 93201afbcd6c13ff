package io.batchmesh.ui.plan;

import io.batchmesh.document.DocumentId;
import io.batchmesh.edit.LinkEdit;
import io.batchmesh.model.LinkId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.inspector.InspectorGallery;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.layout.Region;

/** Draws the states of the push panel into {@code target/gallery}, to be looked at. */
public final class PlanGallery {
    private static final String VERSION = "3f2a9c1d77e0";

    private PlanGallery() {}

    /** Draws all states in both themes. */
    public static void main(String[] arguments) throws IOException {
        InspectorGallery.sheets(
                "plan",
                List.<Supplier<Region>>of(
                        () -> view(edited(), desk -> {}),
                        () -> view(edited(), PlanGallery::running),
                        () -> view(edited(), PlanGallery::rejected),
                        () -> view(edited(), PlanGallery::done),
                        () -> view(troubled(), desk -> {}),
                        () -> view(clean(), desk -> {}),
                        () -> view(unknown(), desk -> {}),
                        () -> view(many(), desk -> {}),
                        () -> view(rewritten(), desk -> {}),
                        () -> {
                            var view = view(rewritten(), desk -> {});
                            view.setMaxWidth(300);
                            return view;
                        }),
                400);
        System.exit(0);
    }

    private static Region view(Workspace workspace, Consumer<SampleDesk> state) {
        var desk = new SampleDesk();
        var view = new PlanView(workspace, desk);
        state.accept(desk);
        return view;
    }

    static Workspace edited() {
        var workspace = clean();
        InspectorGallery.edit(workspace);
        return workspace;
    }

    private static Workspace clean() {
        return SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));
    }

    static Workspace rewritten() {
        var workspace = clean();
        var link = LinkId.of("productpage", "reviews");
        workspace.edit(
                new LinkEdit.SetBatchWindow(
                        link,
                        BatchWindow.DEFAULT
                                .withPolicy(BatchWindow.Policy.TARGET_P99)
                                .withTargetP99(Duration.ofMillis(20))
                                .withMaxBytes(1 << 20)));
        workspace.edit(new LinkEdit.RemoveLink(LinkId.of("reviews", "ratings")));
        workspace.edit(new LinkEdit.AddLink(LinkId.of("productpage", "ratings")));
        return workspace;
    }

    private static Workspace unknown() {
        return SampleWorkspace.of(SampleWorkspace.topology("bookinfo"));
    }

    private static Workspace many() {
        var topology = SampleWorkspace.topology("train-ticket");
        var workspace = SampleWorkspace.of(topology);
        var none = new LinkedHashMap<DocumentId, RunningDocument>();
        SampleWorkspace.found(topology)
                .forEach((id, d) -> none.put(id, new RunningDocument.Absent()));
        SampleWorkspace.run(workspace, none);
        return workspace;
    }

    static Workspace troubled() {
        var topology = SampleWorkspace.topology("bookinfo");
        var workspace = SampleWorkspace.of(topology);
        Map<DocumentId, RunningDocument> found =
                new LinkedHashMap<>(SampleWorkspace.found(topology));
        found.put(
                DocumentId.sidecar("reviews-v3-1"),
                new RunningDocument.Unreachable("connection refused at 127.0.0.1:15090"));
        found.put(
                DocumentId.sidecar("reviews-v2-1"),
                new RunningDocument.Unreadable("line 1, column 3: no JSON"));
        found.put(DocumentId.sidecar("ratings-v1-1"), new RunningDocument.Absent());
        SampleWorkspace.run(workspace, found);
        InspectorGallery.edit(workspace);
        return workspace;
    }

    private static void running(SampleDesk desk) {
        desk.state.set(
                new PushState.Running(
                        "Push 8",
                        List.of(
                                row("productpage-v1-1", ProxyRow.State.ACKED, ""),
                                row("reviews-v1-1", ProxyRow.State.PENDING, ""),
                                row("reviews-v2-1", ProxyRow.State.PENDING, ""),
                                row("ratings-v1-1", ProxyRow.State.UNCHANGED, ""))));
    }

    private static void rejected(SampleDesk desk) {
        desk.state.set(
                new PushState.Finished(
                        "Push 8",
                        List.of(
                                row("productpage-v1-1", ProxyRow.State.ACKED, ""),
                                row(
                                        "reviews-v1-1",
                                        ProxyRow.State.REJECTED,
                                        "/links/0/batch/maxBytes: out of range; from 1KiB to"
                                                + " 16MiB"),
                                row(
                                        "reviews-v2-1",
                                        ProxyRow.State.CONFLICT,
                                        "runs 91be02c4 now, pushed by ann 12 s ago"),
                                row(
                                        "reviews-v3-1",
                                        ProxyRow.State.UNREACHABLE,
                                        "connection refused at 127.0.0.1:15090"),
                                row("ratings-v1-1", ProxyRow.State.UNCHANGED, ""),
                                row("details-v1-1", ProxyRow.State.UNKNOWN, "it did not say")),
                        "1 of 5 proxies took it; the others run what they ran before.",
                        true));
    }

    private static void done(SampleDesk desk) {
        desk.state.set(
                new PushState.Finished(
                        "Push 8",
                        List.of(
                                row("productpage-v1-1", ProxyRow.State.ACKED, ""),
                                row("ratings-v1-1", ProxyRow.State.UNCHANGED, "")),
                        "All proxies run it.",
                        true));
    }

    private static ProxyRow row(String proxy, ProxyRow.State state, String reason) {
        return new ProxyRow(proxy, state, VERSION, reason);
    }
}
