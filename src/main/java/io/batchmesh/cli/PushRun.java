package io.batchmesh.cli;

import io.batchmesh.plan.Plan;
import io.batchmesh.push.PushLog;
import io.batchmesh.push.PushProgress;
import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Pusher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Asks the operator, and carries a plan out until it ends or is stopped. */
final class PushRun {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final CommandContext context;
    private final PushLog log;
    private final Pusher pusher;

    PushRun(CommandContext context, TargetOptions.Session session) {
        this.context = context;
        this.log = new PushLog(Directories.of(context).state());
        this.pusher = new Pusher(session.client(), context.io(), context.clocks(), log);
    }

    /** What was pushed from here. */
    PushLog log() {
        return log;
    }

    /** Who pushes. */
    static String author(CommandContext context) {
        var variables = context.console().environment();
        var user = variables.getOrDefault("USER", variables.getOrDefault("USERNAME", ""));
        return user.isBlank() ? "unknown" : user;
    }

    /**
     * Checks that there is somebody to ask.
     *
     * @throws CommandFailure when there is not
     */
    static void needsTerminal(CommandContext context) {
        if (!context.console().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no terminal to ask at; add --yes to push without asking");
        }
    }

    /** Whether the operator says yes. */
    boolean agreed(Output output, Plan plan) {
        output.note("Push to %d of them? [y/N]".formatted(plan.doable().size()));
        try {
            var in = new InputStreamReader(context.console().in(), StandardCharsets.UTF_8);
            var answer = new BufferedReader(in).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks every proxy whether it would take its config. */
    PushProgress dryRun(PushRequest request) {
        return pusher.dryRun(request, progress -> {});
    }

    /** A push that would send nothing is not recorded: there would be nothing to take back. */
    PushProgress push(PushRequest request) {
        if (request.plan().doable().isEmpty()) {
            return Pusher.nothingToSend(request);
        }
        var pushing = Thread.currentThread();
        var watch = context.io().submit(() -> interruptWhenStopped(pushing));
        try {
            return pusher.push(request, progress -> {});
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "the push cannot be recorded, so nothing was pushed: " + e.getMessage());
        } finally {
            watch.cancel(true);
            // What was under way has ended; the result is still to be printed.
            Thread.interrupted();
        }
    }

    private void interruptWhenStopped(Thread pushing) {
        try {
            while (!context.stop().await(LOOK)) {
                if (!pushing.isAlive()) {
                    return;
                }
            }
            pushing.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
