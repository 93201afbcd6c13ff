package io.batchmesh.ui.shell;

import io.batchmesh.push.PushLog;
import io.batchmesh.push.Pusher;
import io.batchmesh.push.Rollback;

/**
 * What carries pushes out.
 *
 * @param pusher pushes
 * @param rollback says how a push is taken back
 * @param log remembers them
 * @param author who pushes
 */
public record PushTools(Pusher pusher, Rollback rollback, PushLog log, String author) {}
