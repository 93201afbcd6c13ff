package io.batchmesh.ui.shell;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.alert.UsualAlerts;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.ProxyId;
import io.batchmesh.push.Change;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mesh in trouble: alerts fire, a colleague pushed, somebody switched something by hand. */
final class SampleIncident {
    private SampleIncident() {}

    static final AlertRule SLOW =
            new AlertRule(
                    "Reviews is slow",
                    new AlertTarget(AlertTarget.Kind.LINK, "productpage->reviews"),
                    new AlertCondition.Threshold(AlertMeasure.P99, null, true, 0.002),
                    Duration.ofSeconds(5),
                    AlertRule.Urgency.PAGE);
    static final AlertRule UNSEEN =
            new AlertRule(
                    "Ratings carries nothing",
                    new AlertTarget(AlertTarget.Kind.LINK, "reviews->payments"),
                    new AlertCondition.Threshold(AlertMeasure.REQUESTS, null, false, 1),
                    Duration.ofMinutes(1),
                    AlertRule.Urgency.TICKET);
    static final AlertRule BUSY =
            new AlertRule(
                    "Busy",
                    new AlertTarget(AlertTarget.Kind.LINK, "productpage->details"),
                    new AlertCondition.Threshold(AlertMeasure.REQUESTS, null, true, 1),
                    Duration.ZERO,
                    AlertRule.Urgency.TICKET);

    static Workspace workspace(int seconds) {
        var rules = new ArrayList<>(List.of(SLOW, UNSEEN, BUSY));
        rules.addAll(UsualAlerts.ALL);
        var workspace = SamplePast.withRules(seconds, rules);
        var now = SampleWorkspace.NOW;
        workspace.past().mark(new Mark(now.minusSeconds(200), "deploy of ratings 2.4"));
        workspace
                .changesProperty()
                .set(
                        List.of(
                                change(
                                        now.minusSeconds(40),
                                        Change.Kind.FOREIGN,
                                        "push-3-7f",
                                        "bo"),
                                change(now.minusSeconds(120), Change.Kind.PUSH, "push-7", "ann"),
                                change(now.minusSeconds(9000), Change.Kind.START, "", "")));
        var off =
                new OverrideEntry(
                        OverrideEntry.Kind.BATCHING_OFF,
                        "reviews->ratings",
                        now.minusSeconds(20),
                        null,
                        "ann");
        workspace.switchedProperty().set(new Switched(Map.of("reviews-v1-1", List.of(off))));
        return workspace;
    }

    /** What is seen some seconds later, with the first proxy running another config. */
    static MeshSnapshot running(MeshSnapshot seen, int later, String version) {
        var proxies = new LinkedHashMap<>(seen.proxies());
        var one = proxies.values().iterator().next();
        proxies.put(
                one.proxy(),
                new ProxyMetrics(
                        one.proxy(),
                        one.service(),
                        one.state(),
                        one.lastSeen(),
                        one.reason(),
                        version,
                        one.revision(),
                        one.cpuCores()));
        return new MeshSnapshot(
                seen.at().plusSeconds(later), seen.links(), seen.services(), proxies, seen.cost());
    }

    static Change change(Instant at, Change.Kind kind, String push, String who) {
        var proxies = List.of(new ProxyId("reviews-v1-1"), new ProxyId("ratings-v1-1"));
        return new Change(at, kind, push, who, proxies, "2 proxies took it");
    }
}
