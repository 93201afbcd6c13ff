package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.push.BreakGlass;
import io.batchmesh.push.ChangeReader;
import io.batchmesh.push.PushLog;
import io.batchmesh.push.Pusher;
import io.batchmesh.push.Readback;
import io.batchmesh.push.Rollback;
import io.batchmesh.store.Autosave;
import io.batchmesh.store.Journals;
import io.batchmesh.store.Recovered;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.UserDirectories;
import io.batchmesh.ui.shell.DashboardOptions;
import io.batchmesh.ui.shell.PushTools;
import io.batchmesh.ui.shell.SessionParts;
import io.batchmesh.ui.theme.Appearance;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Puts together what a dashboard is fed and served by. */
final class DesktopParts {
    private DesktopParts() {}

    static SessionParts session(CommandContext context) {
        return session(context, context.http().get());
    }

    /**
     * What serves a dashboard.
     *
     * @param http speaks to the proxies
     */
    static SessionParts session(CommandContext context, OkHttpClient http) {
        var client = AdminClient.of(http);
        var readback = new Readback(client, context.io());
        var log = new PushLog(directories(context).state());
        var tools =
                new PushTools(
                        new Pusher(client, context.io(), context.clocks(), log),
                        new Rollback(client, readback),
                        log,
                        System.getProperty("user.name", "unknown"));
        return new SessionParts(
                context.io(),
                context.timer(),
                http,
                environment -> Readback.documents(readback.read(environment)),
                tools,
                new BreakGlass(client, context.io()),
                client,
                new ChangeReader(client, context.io(), log));
    }

    static DashboardOptions options(CommandContext context, boolean display) {
        return new DashboardOptions(
                display ? Appearance.Choice.SYSTEM : Appearance.Choice.DARK,
                journals(context),
                Autosave.Timing.of(context.clocks().wall(), context.timer(), context.io()));
    }

    /** The latest edits of a file that an earlier session did not save. */
    static Optional<Recovered> recovered(CommandContext context, TopologyFile file) {
        return Journals.recover(journals(context), file.path()).found().stream().findFirst();
    }

    private static Path journals(CommandContext context) {
        return Journals.directory(context.console().environment(), home());
    }

    static UserDirectories directories(CommandContext context) {
        return UserDirectories.of(
                context.console().environment(),
                home(),
                System.getProperty("user.name", "unknown"),
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
