package io.batchmesh.admin;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.time.Clocks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The calls that read and change the config of one subject. */
final class ConfigCalls {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);

    private final ConfigKeeper keeper;
    private final Clocks clocks;

    ConfigCalls(ConfigKeeper keeper, Clocks clocks) {
        this.keeper = keeper;
        this.clocks = clocks;
    }

    AdminResponse get(AdminRequest request) {
        var running = keeper.running();
        if (running == null) {
            return Problem.of(404, "No config", "this proxy has no config yet; PUT one");
        }
        var tag = Precondition.Tag.of(running.version());
        if (tag.equals(request.header("if-none-match"))) {
            return stamped(AdminResponse.of(304, "application/json", new byte[0]), running);
        }
        return stamped(document(running), running);
    }

    private static AdminResponse document(HistoryEntry entry) {
        var text = JsonText.pretty(ConfigJson.write(entry.config()));
        return AdminResponse.of(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static AdminResponse stamped(AdminResponse response, HistoryEntry entry) {
        var stamp = entry.stamp();
        return response.with("etag", Precondition.Tag.of(entry.version()))
                .with("batchmesh-push", HeaderText.encode(stamp.push()))
                .with("batchmesh-author", HeaderText.encode(stamp.author()))
                .with("batchmesh-identity", HeaderText.encode(stamp.identity()))
                .with("batchmesh-revision", HeaderText.encode(stamp.revision()))
                .with("batchmesh-state", entry.state().label());
    }

    AdminResponse put(AdminRequest request) {
        var precondition = precondition(request);
        if (precondition == null) {
            return Problem.of(
                    428,
                    "Precondition required",
                    "say what this replaces: If-None-Match: * for the first config, else"
                            + " If-Match with the version that GET /config gave");
        }
        if (precondition instanceof Precondition.Malformed malformed) {
            return Problem.of(400, "Bad precondition", malformed.reason());
        }
        var dryRun = request.parameter("dryRun");
        if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
            return Problem.of(400, "Bad dryRun", "dryRun is true or false");
        }
        Duration within;
        try {
            within = confirmWithin(request);
        } catch (QuantityException e) {
            return Problem.of(400, "Bad confirmWithin", String.valueOf(e.getMessage()));
        }
        return switch (ConfigJson.read(request.body())) {
            case ConfigResult.Invalid invalid ->
                    Problem.of(
                            422,
                            "Invalid config",
                            "the config has faults; the old one keeps running",
                            invalid.faults());
            case ConfigResult.Valid valid -> {
                var change =
                        new ConfigKeeper.Change(
                                valid.config(),
                                valid.version(),
                                precondition,
                                stamp(request),
                                within);
                yield answer("true".equals(dryRun) ? keeper.check(change) : keeper.put(change));
            }
        };
    }

    private static @Nullable Precondition precondition(AdminRequest request) {
        return Precondition.of(request.header("if-match"), request.header("if-none-match"));
    }

    private static @Nullable Duration confirmWithin(AdminRequest request) {
        var text = request.parameter("confirmWithin");
        if (text == null) {
            return null;
        }
        var duration = Durations.parse(text);
        if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
            throw new QuantityException("confirmWithin is from 100ms to 1h");
        }
        return duration;
    }

    private PushStamp stamp(AdminRequest request) {
        return new PushStamp(
                clocks.now(),
                HeaderText.decode(request.header("batchmesh-push")),
                request.author(),
                request.identity(),
                HeaderText.decode(request.header("batchmesh-revision")));
    }

    private AdminResponse answer(PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Runs runs -> ran(runs);
            case PutOutcome.WouldRun would ->
                    AdminResponse.json(
                            200,
                            ObjectWriter.object(o ->
                                    o.put("version", would.version().hash())
                                            .put("changed", would.changed())
                                            .put("dryRun", true)));
            case PutOutcome.Stale stale -> stale(stale.running());
            case PutOutcome.Refused refused ->
                    Problem.of(
                            422,
                            "The proxy cannot run this config",
                            "the old one keeps running",
                            refused.faults());
            case PutOutcome.NoWayBack _ ->
                    Problem.of(
                            409,
                            "Nothing to go back to",
                            "the first config of a proxy cannot wait to be confirmed;"
                                    + " leave confirmWithin out");
            case PutOutcome.NotKept notKept ->
                    Problem.of(
                            500,
                            "The config cannot be kept on disk",
                            notKept.reason() + "; the old one keeps running");
        };
    }

    private static AdminResponse ran(PutOutcome.Runs runs) {
        var until = runs.until();
        var body =
                ObjectWriter.object(o ->
                        o.put("version", runs.version().hash())
                                .put("changed", runs.changed())
                                .put("confirmUntil", until == null ? null : until.toString()));
        return AdminResponse.json(200, body).with("etag", Precondition.Tag.of(runs.version()));
    }

    private static AdminResponse stale(@Nullable ConfigVersion running) {
        var detail =
                running == null
                        ? "nothing runs yet; PUT with If-None-Match: *"
                        : "the proxy runs version " + running.hash() + "; read it and plan again";
        return Problem.of(412, "Something else runs", detail)
                .with("etag", running == null ? null : Precondition.Tag.of(running));
    }

    AdminResponse confirm(AdminRequest request) {
        return switch (precondition(request)) {
            case null ->
                    Problem.of(
                            428,
                            "Precondition required",
                            "say which version is confirmed: If-Match with the version");
            case Precondition.Nothing _ ->
                    Problem.of(400, "Bad precondition", "a confirmation needs If-Match");
            case Precondition.Malformed malformed ->
                    Problem.of(400, "Bad precondition", malformed.reason());
            case Precondition given -> answer(keeper.confirm(given));
        };
    }

    AdminResponse history(AdminRequest request) {
        var history = keeper.history();
        var running = history.running();
        var body =
                ObjectWriter.object(o ->
                        o.put("running", running == null ? null : running.version().hash())
                                .putArray("history", history.entries(), HistoryEntry::describe));
        return AdminResponse.json(200, body);
    }

    AdminResponse version(AdminRequest request) {
        var entry = keeper.history().find(request.rest());
        if (entry == null) {
            return Problem.of(
                    404,
                    "No such version",
                    "the proxy keeps its last ten; GET /config/history lists them");
        }
        return stamped(document(entry), entry);
    }
}
