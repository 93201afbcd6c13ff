package io.batchmesh.cli;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.model.Topology;
import io.batchmesh.target.AccessException;
import io.batchmesh.target.KnownEnvironment;
import io.batchmesh.target.KnownEnvironment.PrometheusPlace;
import io.batchmesh.target.SecuredHttp;
import io.batchmesh.target.TargetLookup;
import io.batchmesh.target.Targets;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Finds proxies that run already, and the means to speak to them, for the desktop. */
final class Attaching {
    private Attaching() {}

    /**
     * Finds them.
     *
     * @throws CommandFailure when there are none, or a file of their environment cannot be used
     */
    static Desktop.Attached to(String target, Topology topology, CommandContext context) {
        var known = TargetOptions.environments(context);
        TargetLookup found;
        try {
            found = new Targets(TargetOptions.meshes(context), known).find(target, topology);
        } catch (UncheckedIOException e) {
            throw TargetOptions.unreadable(e);
        }
        return switch (found) {
            case TargetLookup.Found(var environment) -> {
                var own = known.byName().get(target);
                var place = own == null ? null : own.prometheus();
                yield new Desktop.Attached(
                        environment,
                        client(target, own, context),
                        place == null ? null : watched(target, place, context),
                        own == null ? null : own.traces());
            }
            case TargetLookup.NotRunning(var why) ->
                    throw new CommandFailure(ExitCode.UNREACHABLE, why);
            case TargetLookup.Ambiguous(var why) -> throw new CommandFailure(ExitCode.USAGE, why);
            case TargetLookup.Unknown(var why) ->
                    throw new CommandFailure(ExitCode.USAGE, "--target: " + why);
        };
    }

    private static OkHttpClient client(
            String target, @Nullable KnownEnvironment known, CommandContext context) {
        var http = context.http().get();
        if (known == null) {
            return http;
        }
        try {
            var secured = SecuredHttp.of(http, known.files(), context.clocks().now());
            var file = known.tokenFile();
            return file == null
                    ? secured
                    : SecuredHttp.withToken(secured, TargetOptions.token(file));
        } catch (CertificateFault e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "environment '%s', %s: %s".formatted(target, e.field(), e.describe()));
        }
    }

    private static Desktop.Watched watched(
            String target, PrometheusPlace place, CommandContext context) {
        try {
            var client = place.access().client(context.http().get());
            return new Desktop.Watched(place.address(), client);
        } catch (AccessException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "environment '%s', prometheus: %s".formatted(target, e.getMessage()));
        }
    }
}
