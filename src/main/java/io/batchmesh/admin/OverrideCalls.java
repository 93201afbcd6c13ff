package io.batchmesh.admin;

import io.batchmesh.admin.OverrideEntry.Kind;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls that switch something by hand, and take it back. */
final class OverrideCalls {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(24);

    private final AdminSubject subject;
    private final OverrideKeeper keeper;

    OverrideCalls(AdminSubject subject, OverrideKeeper keeper) {
        this.subject = subject;
        this.keeper = keeper;
    }

    AdminResponse list(AdminRequest request) {
        return AdminResponse.json(
                200,
                ObjectWriter.object(
                        o -> o.putArray("overrides", keeper.entries(), OverrideEntry::describe)));
    }

    Function<AdminRequest, AdminResponse> put(Kind kind) {
        return request -> put(kind, request);
    }

    Function<AdminRequest, AdminResponse> delete(Kind kind) {
        return request -> {
            keeper.remove(kind, request.rest(), request.author());
            return list(request);
        };
    }

    private AdminResponse put(Kind kind, AdminRequest request) {
        var obstacle = subject.overridable(kind, request.rest());
        if (obstacle != null) {
            return Problem.of(404, "Nothing to switch", obstacle);
        }
        return switch (JsonDocument.parse(request.body())) {
            case Parsed.Bad bad -> invalid(List.of(bad.fault()));
            case Parsed.Ok ok -> put(kind, request, ok.document());
        };
    }

    private AdminResponse put(Kind kind, AdminRequest request, JsonDocument document) {
        var faults = new Faults(document);
        var lasting = document.read(faults, o -> new Lasting(o.duration("expiresIn"))).time();
        if (lasting != null && (lasting.compareTo(LEAST) < 0 || lasting.compareTo(MOST) > 0)) {
            faults.add("/expiresIn", "out of range", "from 1s to 24h, or leave it out");
        }
        if (!faults.isEmpty()) {
            return invalid(faults.list());
        }
        return keeper.put(kind, request.rest(), lasting, request.author())
                ? list(request)
                : Problem.of(
                        409,
                        "Too much is switched by hand",
                        "at most " + OverrideKeeper.MOST + "; take something back first");
    }

    private record Lasting(@Nullable Duration time) {}

    private static AdminResponse invalid(List<io.batchmesh.json.Fault> faults) {
        return Problem.of(422, "Invalid body", "send { } or { \"expiresIn\": \"30min\" }", faults);
    }
}
