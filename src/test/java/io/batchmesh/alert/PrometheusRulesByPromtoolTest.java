package io.batchmesh.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.metrics.PrometheusServer;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own tool takes the rules, and they fire when they should. */
@Tag("needs-prometheus")
class PrometheusRulesByPromtoolTest {
    @TempDir private Path folder;

    private static String promtool(Path folder, String... arguments)
            throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(PrometheusServer.installed("promtool").toString());
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private String rules(AlertRule... rules) throws IOException {
        var drawn = Topology.empty("t").withAlerts(List.of(rules));
        var yaml = PrometheusRules.of(drawn, PrometheusRules.RATE_WINDOW).yaml();
        Files.writeString(folder.resolve("rules.yml"), yaml);
        return yaml;
    }

    @Test
    void everyRuleThatCanBeWrittenPassesTheCheck() throws Exception {
        var yaml = rules(PrometheusRulesTest.all().toArray(AlertRule[]::new));
        assertEquals("", promtool(folder, "check", "rules", "rules.yml"), yaml);
    }

    @Test
    void rulesFireByTheMetricsOfASidecarWhenTheyShould() throws Exception {
        rules(
                PrometheusRulesTest.rule("failing", "a->b", AlertMeasure.ERROR_SHARE, 0.05),
                PrometheusRulesTest.rule("slow", "*", AlertMeasure.P99, 0.25),
                PrometheusRulesTest.rule(
                        "quiet service",
                        new AlertTarget(AlertTarget.Kind.SERVICE, "b"),
                        new AlertCondition.Threshold(AlertMeasure.REQUESTS, null, false, 100)),
                PrometheusRulesTest.rule(
                        "down",
                        AlertTarget.each(AlertTarget.Kind.PROXY),
                        new AlertCondition.Threshold(AlertMeasure.DOWN, null, true, 0)),
                PrometheusRulesTest.rule(
                        "budget",
                        AlertTarget.each(AlertTarget.Kind.LINK),
                        new AlertCondition.BurnRate(99.9)));
        Files.writeString(folder.resolve("test.yml"), CASES);
        assertEquals("", promtool(folder, "test", "rules", "test.yml"));
    }

    /** a->b has 10 % errors and 200 ms, c->d none and 900 ms; one proxy goes down. */
    private static final String CASES =
            """
            rule_files: [ rules.yml ]
            evaluation_interval: 15s
            tests:
              - interval: 15s
                input_series:
                  - series: 'batchmesh_requests_total{link="a->b",code="200",instance="x"}'
                    values: '0+1350x60'
                  - series: 'batchmesh_requests_total{link="a->b",code="503",instance="x"}'
                    values: '0+100x60'
                  - series: 'batchmesh_requests_total{link="a->b",code="timeout",instance="x"}'
                    values: '0+50x60'
                  - series: 'batchmesh_requests_total{link="c->d",code="200",instance="y"}'
                    values: '0+1500x60'
                  - series: 'batchmesh_request_duration_seconds_bucket{link="a->b",path="batched",le="0.2"}'
                    values: '0+1500x60'
                  - series: 'batchmesh_request_duration_seconds_bucket{link="a->b",path="batched",le="+Inf"}'
                    values: '0+1500x60'
                  - series: 'batchmesh_request_duration_seconds_bucket{link="c->d",path="plain",le="0.5"}'
                    values: '0x60'
                  - series: 'batchmesh_request_duration_seconds_bucket{link="c->d",path="plain",le="1"}'
                    values: '0+1500x60'
                  - series: 'batchmesh_request_duration_seconds_bucket{link="c->d",path="plain",le="+Inf"}'
                    values: '0+1500x60'
                  - series: 'up{instance="x"}'
                    values: '1x60'
                  - series: 'up{instance="y"}'
                    values: '1x10 0x50'
                  - series: 'up{instance="other"}'
                    values: '0x60'
                  - series: 'batchmesh_config_info{instance="x",version="1"}'
                    values: '1x60'
                  - series: 'batchmesh_config_info{instance="y",version="1"}'
                    values: '1x10'
                alert_rule_test:
                  - alertname: failing
                    eval_time: 1m
                  - alertname: failing
                    eval_time: 10m
                    exp_alerts:
                      - exp_labels: { link: a->b, severity: page }
                        exp_annotations:
                          summary: a->b has errorShare 10%, above the limit of 0.05
                          rule: failing
                  - alertname: slow
                    eval_time: 10m
                    exp_alerts:
                      - exp_labels: { link: c->d, severity: page }
                        exp_annotations:
                          summary: c->d has p99 995ms, above the limit of 0.25 s
                          rule: slow
                  - alertname: quiet service
                    eval_time: 10m
                  - alertname: down
                    eval_time: 10m
                    exp_alerts:
                      - exp_labels: { instance: y, severity: page }
                        exp_annotations:
                          summary: y has down 1, above the limit of 0
                          rule: down
                  - alertname: budget
                    eval_time: 10m
                    exp_alerts:
                      - exp_labels: { link: a->b, severity: page, windows: short }
                        exp_annotations:
                          summary: a->b fails so often that the error budget of 99.9 % burns too fast; now 10% fail
                          rule: budget
                      - exp_labels: { link: a->b, severity: ticket, windows: long }
                        exp_annotations:
                          summary: a->b fails so often that the error budget of 99.9 % burns too fast; now 10% fail
                          rule: budget
            """;
}
