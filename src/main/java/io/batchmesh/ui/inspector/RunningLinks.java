package io.batchmesh.ui.inspector;

import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.document.DocumentId;
import io.batchmesh.document.DocumentVersion;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.translate.Documents;
import io.batchmesh.ui.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the sidecars say they run, by link. A document is read once for each of its versions. */
final class RunningLinks {
    private Map<DocumentId, Read> read = new TreeMap<>();

    private record Read(DocumentVersion version, @Nullable ProxyConfig config) {}

    /** A link as one sidecar runs it. */
    record Run(String proxy, LinkConfig link) {}

    void update(Deployment deployment) {
        var now = new TreeMap<DocumentId, Read>();
        deployment
                .running()
                .forEach((id, found) -> {
                    if (found instanceof RunningDocument.Present present) {
                        var version = present.document().version();
                        var before = read.get(id);
                        now.put(
                                id,
                                before != null && before.version().equals(version)
                                        ? before
                                        : new Read(version, config(present)));
                    }
                });
        read = now;
    }

    private static @Nullable ProxyConfig config(RunningDocument.Present present) {
        return Documents.config(present.document()) instanceof ConfigResult.Valid valid
                ? valid.config()
                : null;
    }

    /** The link at each sidecar of its caller. */
    List<Run> of(LinkId link) {
        return matching(l -> l.link().equals(link.toString()));
    }

    /** All links to a service. */
    List<Run> to(ServiceId service) {
        return matching(l -> {
            var id = LinkId.parse(l.link());
            return id != null && id.to().equals(service);
        });
    }

    private List<Run> matching(java.util.function.Predicate<LinkConfig> wanted) {
        var runs = new ArrayList<Run>();
        for (var document : read.values()) {
            var config = document.config();
            if (config != null) {
                config.links().stream()
                        .filter(wanted)
                        .forEach(l -> runs.add(new Run(config.proxy(), l)));
            }
        }
        return runs;
    }

    /**
     * What runs where it is not what the edit says: {@code runs 2 ms}, {@code runs 2 ms / 5 ms}
     * where proxies disagree, nothing where all run as edited or nothing is known.
     */
    static <T> String note(List<Run> runs, Function<LinkConfig, T> part, Said<T> edit) {
        var values = new LinkedHashSet<T>();
        runs.forEach(r -> values.add(part.apply(r.link())));
        if (values.isEmpty() || values.equals(Set.of(edit.value()))) {
            return "";
        }
        return "runs " + String.join(" / ", values.stream().map(edit.words()).distinct().toList());
    }

    /** A value of the edit, and how such values are worded. */
    record Said<T>(T value, Function<T, String> words) {}

    /** Nothing is known. */
    boolean isEmpty() {
        return read.isEmpty();
    }
}
