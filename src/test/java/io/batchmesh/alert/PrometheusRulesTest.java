package io.batchmesh.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PrometheusRulesTest {
    private static final String STRANGE = "a \"quoted\" {{ name }}: # \\ \n- ünlaut";

    static AlertRule rule(String name, AlertTarget target, AlertCondition condition) {
        return new AlertRule(
                name, target, condition, Duration.ofSeconds(90), AlertRule.Urgency.PAGE);
    }

    static AlertRule rule(String name, String link, AlertMeasure measure, double limit) {
        return rule(
                name,
                new AlertTarget(AlertTarget.Kind.LINK, link),
                new AlertCondition.Threshold(measure, null, true, limit));
    }

    private static PrometheusRules written(AlertRule... rules) {
        var topology = Topology.empty(STRANGE).withAlerts(List.of(rules));
        return PrometheusRules.of(topology, PrometheusRules.RATE_WINDOW);
    }

    /** Every measure on every kind of thing that has it. */
    static List<AlertRule> all() {
        var rules = new java.util.ArrayList<AlertRule>();
        for (var kind : AlertTarget.Kind.values()) {
            for (var measure : AlertMeasure.values()) {
                for (var name : List.of("*", kind == AlertTarget.Kind.LINK ? "a.1->b" : "b.x")) {
                    for (boolean above : new boolean[] {true, false}) {
                        rules.add(
                                rule(
                                        "%s %s %s %s".formatted(kind, measure, name, above),
                                        new AlertTarget(kind, name),
                                        new AlertCondition.Threshold(measure, null, above, 0.125)));
                    }
                }
            }
            rules.add(
                    rule(
                            "budget of each " + kind,
                            AlertTarget.each(kind),
                            new AlertCondition.BurnRate(99.9)));
        }
        rules.add(
                rule(
                        STRANGE,
                        new AlertTarget(AlertTarget.Kind.LINK, "a\"\\->b"),
                        new AlertCondition.Threshold(AlertMeasure.P99, "collect", true, 1e-7)));
        rules.addAll(UsualAlerts.ALL);
        return rules;
    }

    @Test
    void aTailLatencyIsTheQuantileOfTheSummedBucketsWithoutWhatWasShed() {
        assertEquals(
                "histogram_quantile(0.99, sum by (link, le)"
                        + " (rate(batchmesh_request_duration_seconds_bucket"
                        + "{link=\"a->b\",path!=\"shed\"}[1m]))) > 0.25",
                written(rule("slow", "a->b", AlertMeasure.P99, 0.25)).alerts().getFirst().expr());
    }

    @Test
    void aServiceIsWhatItsCallersSee() {
        var errors =
                rule(
                        "errors",
                        new AlertTarget(AlertTarget.Kind.SERVICE, "b.x"),
                        new AlertCondition.Threshold(AlertMeasure.REQUESTS, null, false, 5));
        assertEquals(
                "sum by (service) (label_replace(rate(batchmesh_requests_total"
                        + "{link=~\".*->b\\\\.x\"}[1m]), \"service\", \"$1\", \"link\","
                        + " \".*->(.*)\")) < 5",
                written(errors).alerts().getFirst().expr());
    }

    @Test
    void anObjectiveBecomesAPageOverTheShortWindowsAndATicketOverTheLongOnes() {
        var rules =
                written(
                                rule(
                                        "budget",
                                        AlertTarget.each(AlertTarget.Kind.LINK),
                                        new AlertCondition.BurnRate(99.9)))
                        .alerts();
        assertEquals(
                List.of("page", "ticket"),
                rules.stream().map(r -> r.labels().get("severity")).toList());
        var page = rules.getFirst().expr();
        for (var part : List.of("[1h]", "[5m]", "(14.4 * 0.001)", "[6h]", "[30m]", "(6 * 0.001)")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        var ticket = rules.getLast().expr();
        for (var part : List.of("[3d]", "[6h]", "(1 * 0.001)")) {
            assertTrue(ticket.contains(part), part + " in " + ticket);
        }
    }

    @Test
    void whatPrometheusCannotWatchIsLeftOutWithTheReason() {
        var unnamed =
                rule(
                        "down",
                        new AlertTarget(AlertTarget.Kind.PROXY, "b-1"),
                        new AlertCondition.Threshold(AlertMeasure.DOWN, null, true, 0));
        var rules =
                written(
                        rule("off", "a->b", AlertMeasure.P99, 1).withEnabled(false),
                        rule("cores", "a->b", AlertMeasure.CORES, 1),
                        unnamed);
        assertEquals(List.of(), rules.alerts());
        assertEquals(
                List.of(
                        "it is switched off",
                        "a link has no 'cores'",
                        "Prometheus knows a proxy by its address, and the drawing names none for"
                                + " 'b-1'"),
                rules.left().stream().map(PrometheusRules.Left::why).toList());
        assertTrue(rules.yaml().contains("# Left out: off: it is switched off"), rules.yaml());

        var proxy =
                new Proxy(
                        new ProxyId("b-1"),
                        new ServiceId("b"),
                        null,
                        ProxyKind.SIDECAR,
                        URI.create("http://10.0.0.1:15000"));
        var drawn =
                Topology.empty("t")
                        .withProxies(Map.of(proxy.id(), proxy))
                        .withAlerts(List.of(unnamed));
        assertEquals(
                "((1 - up{instance=\"10.0.0.1:15000\"}) and on (instance)"
                        + " last_over_time(batchmesh_config_info{instance=\"10.0.0.1:15000\"}[1h]))"
                        + " > 0",
                PrometheusRules.of(drawn, Duration.ofMinutes(1)).alerts().getFirst().expr());
    }

    @Test
    void theFileIsYamlThatSaysTheSame() {
        var rules = written(all().toArray(AlertRule[]::new));
        var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        var root = assertInstanceOf(Map.class, new Load(settings).loadFromString(rules.yaml()));
        assertEquals(Set.of("groups"), root.keySet());
        var group = (Map<?, ?>) ((List<?>) root.get("groups")).getFirst();
        assertEquals("batchmesh: " + STRANGE, group.get("name"));
        var list = (List<?>) group.get("rules");
        assertEquals(rules.alerts().size(), list.size());
        for (int i = 0; i < list.size(); i++) {
            var wanted = rules.alerts().get(i);
            var found = (Map<?, ?>) list.get(i);
            assertEquals(wanted.alert(), found.get("alert"));
            assertEquals(wanted.expr(), found.get("expr"));
            assertEquals(wanted.labels(), found.get("labels"));
            assertEquals(wanted.annotations(), found.get("annotations"));
            assertEquals("90s", wanted.holding().toSeconds() == 90 ? found.get("for") : "90s");
        }
    }

    @Test
    void aFileWithoutRulesIsStillOne() {
        var root = new Load(LoadSettings.builder().build()).loadFromString(written().yaml());
        var group = (Map<?, ?>) ((List<?>) ((Map<?, ?>) root).get("groups")).getFirst();
        assertEquals(List.of(), group.get("rules"));
    }
}
