package io.batchmesh.target;

import io.batchmesh.config.ConfigVersion;
import java.time.Instant;

/** One of the configs that a proxy ran lately. */
public record HistoryLine(ConfigVersion version, Instant time, RunningConfig.Stamp stamp) {}
