package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Workspace;
import java.util.concurrent.Executor;

/** What all parts of the inspector look at. */
record Scope(Workspace workspace, RunningLinks runs, Executor background) {}
