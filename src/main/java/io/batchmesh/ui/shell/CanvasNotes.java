package io.batchmesh.ui.shell;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.document.DocumentId;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.ui.Deployment;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.Annotations;
import io.batchmesh.ui.canvas.Attention;
import io.batchmesh.ui.canvas.Stamp;
import io.batchmesh.ui.canvas.Tone;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said on the canvas beside the numbers: what runs, differences, findings, silence. */
final class CanvasNotes {
    /** Each is read from the past once a second. */
    private static final int MOST_COMPARED = 300;

    private CanvasNotes() {}

    static Annotations of(Workspace workspace, @Nullable Deltas deltas) {
        var deployment = workspace.deploymentProperty().get();
        var services = new LinkedHashMap<ServiceId, Attention>();
        var links = new LinkedHashMap<LinkId, Attention>();
        for (var finding : workspace.findingsProperty().get()) {
            if (finding.severity() == Severity.INFO) {
                continue;
            }
            var tone = finding.severity() == Severity.ERROR ? Tone.ERROR : Tone.WARN;
            switch (finding.subject()) {
                case Subject.OfService s ->
                        services.putIfAbsent(s.service(), new Attention(tone, finding.rule()));
                case Subject.OfLink l ->
                        links.putIfAbsent(l.link(), new Attention(tone, finding.rule()));
                case Subject.OfProxy p -> {}
                case Subject.Whole w -> {}
            }
        }
        byHand(workspace.switchedProperty().get(), deployment, links);
        silent(workspace.snapshotProperty().get(), services);
        alerts(workspace, services, links);
        if (deltas != null) {
            compare(workspace, deltas, services, links);
        }
        return new Annotations(
                RunningConfigs.running(deployment), stamps(workspace, deployment), services, links);
    }

    /** While two periods are compared, what is different is said in the tone of what is wrong. */
    private static void compare(
            Workspace workspace,
            Deltas deltas,
            Map<ServiceId, Attention> services,
            Map<LinkId, Attention> links) {
        workspace.topology().services().keySet().stream()
                .limit(MOST_COMPARED)
                .forEach(id -> say(services, id, deltas.of(id)));
        workspace.topology().links().keySet().stream()
                .limit(MOST_COMPARED)
                .forEach(id -> say(links, id, deltas.of(id)));
    }

    private static <T> void say(Map<T, Attention> said, T thing, String words) {
        if (!words.isEmpty()) {
            var before = said.get(thing);
            said.put(thing, new Attention(before == null ? Tone.PLAIN : before.tone(), words));
        }
    }

    /** What somebody switched by hand is the first thing to know of a link. */
    private static void byHand(
            Switched switched, Deployment deployment, Map<LinkId, Attention> links) {
        if (switched.byProxy().values().stream().allMatch(List::isEmpty)) {
            return;
        }
        for (var config : RunningConfigs.of(deployment)) {
            for (var link : config.links()) {
                var id = LinkId.parse(link.link());
                var words = id == null ? "" : byHand(switched, id, link);
                if (!words.isEmpty()) {
                    links.put(id, new Attention(Tone.WARN, words));
                }
            }
        }
    }

    private static String byHand(Switched switched, LinkId id, LinkConfig link) {
        if (switched.batchingOff(id)) {
            return "off by hand";
        }
        var out =
                link.subsets().values().stream()
                        .flatMap(List::stream)
                        .filter(u -> switched.ejected(u.address()))
                        .count();
        return out == 0 ? "" : out + " out by hand";
    }

    /** What calls for somebody is told by name, the most urgent of a thing. */
    private static void alerts(
            Workspace workspace, Map<ServiceId, Attention> services, Map<LinkId, Attention> links) {
        for (var alert : workspace.calling().reversed()) {
            boolean page = alert.urgency() == AlertRule.Urgency.PAGE;
            var words = AlertWords.mark(alert.urgency()) + " " + alert.rule().name();
            var said = new Attention(page ? Tone.ERROR : Tone.WARN, words);
            var link = LinkId.parse(alert.subject());
            var service = AlertWords.service(alert, workspace);
            if (service != null) {
                services.put(service, said);
            } else if (link != null) {
                links.put(link, said);
            }
        }
    }

    private static void silent(MeshSnapshot snapshot, Map<ServiceId, Attention> services) {
        for (var proxy : snapshot.proxies().values()) {
            if (proxy.state() == ProxyState.UNREACHABLE || proxy.state() == ProxyState.UNREADABLE) {
                var words = proxy.proxy() + " " + proxy.state().name().toLowerCase(Locale.ROOT);
                services.put(new ServiceId(proxy.service()), new Attention(Tone.ERROR, words));
            }
        }
    }

    /** A stamp on each service of which a proxy runs something else than drawn. */
    private static Map<ServiceId, Stamp> stamps(Workspace workspace, Deployment deployment) {
        var differ =
                deployment.plan().changes().stream()
                        .collect(
                                Collectors.toMap(
                                        DocumentChange::id, DocumentChange::kind, (a, b) -> a));
        var stamps = new LinkedHashMap<ServiceId, Stamp>();
        for (var proxy : workspace.snapshotProperty().get().proxies().values()) {
            var kind = differ.get(DocumentId.sidecar(proxy.proxy()));
            if (kind == DocumentChange.Kind.CHANGE || kind == DocumentChange.Kind.ADD) {
                stamps.putIfAbsent(
                        new ServiceId(proxy.service()), new Stamp("to push", Tone.ACCENT, false));
            }
        }
        return stamps;
    }
}
