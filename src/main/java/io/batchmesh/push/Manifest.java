package io.batchmesh.push;

import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.document.Document;
import io.batchmesh.model.ProxyId;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.target.Environment;
import io.batchmesh.translate.Documents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan means for each proxy: parcels for those that can be served, and for the others why
 * not. Removals are no matter of a push: a proxy that is not drawn runs on until it is ended.
 */
final class Manifest {
    private final List<Parcel> parcels = new ArrayList<>();
    private final List<ProxyPush> proxies = new ArrayList<>();

    private Manifest() {}

    static Manifest of(PushRequest request) {
        var manifest = new Manifest();
        for (var change : request.plan().changes()) {
            if (change.kind() != DocumentChange.Kind.REMOVE) {
                manifest.add(change, request.environment());
            }
        }
        for (var id : request.plan().unchanged()) {
            manifest.proxies.add(
                    new ProxyPush(
                            new ProxyId(id.name()),
                            ProxyPush.State.UNCHANGED,
                            null,
                            null,
                            "",
                            List.of()));
        }
        return manifest;
    }

    List<Parcel> parcels() {
        return List.copyOf(parcels);
    }

    List<ProxyPush> proxies() {
        return List.copyOf(proxies);
    }

    private void add(DocumentChange change, Environment environment) {
        var name = new ProxyId(change.id().name());
        var start =
                new ProxyPush(
                        name,
                        ProxyPush.State.PENDING,
                        version(change.running()),
                        version(change.desired()),
                        "",
                        List.of());
        proxies.add(change.isDoable() ? parcel(change, start, environment) : left(change, start));
    }

    /** Known to run something that must not be replaced is a conflict; else it did not answer. */
    private static ProxyPush left(DocumentChange change, ProxyPush start) {
        var state =
                change.running() == null ? ProxyPush.State.UNREACHABLE : ProxyPush.State.CONFLICT;
        return start.with(state, change.problem());
    }

    private ProxyPush parcel(DocumentChange change, ProxyPush start, Environment environment) {
        var to = environment.proxy(start.proxy());
        var desired = change.desired();
        if (to == null || desired == null) {
            return start.with(
                    ProxyPush.State.UNREACHABLE, "no proxy of this name runs at the target");
        }
        return switch (Documents.config(desired)) {
            case ConfigResult.Invalid(var faults) -> start.rejected(faults);
            case ConfigResult.Valid(var config, var version) -> {
                parcels.add(new Parcel(to, config, version, start.before()));
                yield start;
            }
        };
    }

    private static @Nullable ConfigVersion version(@Nullable Document document) {
        return document == null ? null : new ConfigVersion(document.version().text());
    }
}
