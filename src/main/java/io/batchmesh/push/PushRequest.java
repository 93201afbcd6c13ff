package io.batchmesh.push;

import io.batchmesh.plan.Plan;
import io.batchmesh.target.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A plan to be carried out.
 *
 * @param environment the target that the plan was made for
 * @param plan the plan
 * @param waves in how many steps
 * @param author who pushes
 * @param revision the topology's revision, or null where it is not known
 */
public record PushRequest(
        Environment environment,
        Plan plan,
        Waves waves,
        String author,
        @Nullable String revision) {}
