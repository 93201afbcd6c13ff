package io.batchmesh.cli;

import io.batchmesh.document.Document;
import io.batchmesh.model.Topology;
import io.batchmesh.plan.DesiredDocuments;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.push.Readback;
import io.batchmesh.target.Reading;
import io.batchmesh.translate.Revision;
import java.util.List;

/**
 * What a drawing wants of a target, and how that differs from what runs there.
 *
 * @param desired the documents that are wanted
 * @param plan the difference
 * @param revision the drawing's revision
 * @param answered whether every proxy of the target could be read
 */
record Planning(List<Document> desired, Plan plan, String revision, boolean answered) {
    /** Asks all proxies what they run, and compares. */
    static Planning of(Topology topology, TargetOptions.Session target) {
        var environment = target.environment();
        var desired = DesiredDocuments.of(topology, environment.addresses());
        var readings = target.readback().read(environment);
        boolean answered =
                readings.values().stream()
                        .allMatch(r -> r instanceof Reading.Got || r instanceof Reading.None);
        var plan = PlanBuilder.plan(desired, Readback.documents(readings));
        return new Planning(desired, plan, Revision.of(topology), answered);
    }
}
