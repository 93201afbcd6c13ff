package io.batchmesh.ui.shell;

import io.batchmesh.document.DocumentId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.push.BreakGlass;
import io.batchmesh.push.ChangeReader;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/**
 * What a session uses of the world.
 *
 * @param io a virtual thread for each task
 * @param timer for tasks at a later time
 * @param http the HTTP client
 * @param readBack reads what runs everywhere; may block, called on {@code io}
 * @param push carries pushes out
 * @param glass switches things by hand
 * @param admin speaks to admin endpoints
 * @param changes says who changed what runs; may block, called on {@code io}
 */
public record SessionParts(
        ExecutorService io,
        ScheduledExecutorService timer,
        OkHttpClient http,
        Function<Environment, Map<DocumentId, RunningDocument>> readBack,
        PushTools push,
        BreakGlass glass,
        AdminClient admin,
        ChangeReader changes) {}
