package io.batchmesh.alert;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.AlertCondition.BurnRate;
import io.batchmesh.model.AlertCondition.Threshold;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Topology;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of a drawing as alerting rules for Prometheus 2 or 3, one group, over the families of
 * our own sidecars.
 *
 * @param group its name
 * @param alerts in the order of the drawing
 * @param left what was left out, and why
 */
public record PrometheusRules(String group, List<Rule> alerts, List<Left> left) {
    /** The window of rates unless told otherwise: four scrapes of a usual Prometheus. */
    public static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    public PrometheusRules {
        alerts = List.copyOf(alerts);
        left = List.copyOf(left);
    }

    /**
     * One alerting rule.
     *
     * @param alert its name
     * @param expr what has a value while it holds
     * @param holding how long it must hold
     * @param labels for routing
     * @param annotations for people
     */
    public record Rule(
            String alert,
            String expr,
            Duration holding,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    /**
     * What Prometheus cannot watch.
     *
     * @param alert the rule's name
     * @param why in a sentence
     */
    public record Left(String alert, String why) {}

    /**
     * Writes the rules that are switched on.
     *
     * @param window of rates; four times the interval of the scrapes or more
     */
    public static PrometheusRules of(Topology drawn, Duration window) {
        var rules = new ArrayList<Rule>();
        var left = new ArrayList<Left>();
        for (var rule : drawn.alerts()) {
            var why = why(rule, drawn);
            if (why.isEmpty()) {
                add(rules, rule, drawn, PromQl.time(window));
            } else {
                left.add(new Left(rule.name(), why));
            }
        }
        return new PrometheusRules("batchmesh: " + drawn.name(), rules, left);
    }

    private static String why(AlertRule rule, Topology drawn) {
        var target = rule.target();
        if (!rule.enabled()) {
            return "it is switched off";
        }
        if (target.kind() == AlertTarget.Kind.PROXY
                && !target.isEach()
                && instance(target, drawn) == null) {
            return "Prometheus knows a proxy by its address, and the drawing names none for '%s'"
                    .formatted(target.name());
        }
        return switch (rule.condition()) {
            case Threshold t when !t.measure().fits(target.kind()) ->
                    "a %s has no '%s'".formatted(target.kind().label(), t.measure().label());
            case Threshold t when t.stage() != null && !staged(target, t.measure()) ->
                    "only times of links are known by stage";
            case BurnRate _ when target.kind() == AlertTarget.Kind.PROXY ->
                    "proxies have no objective";
            default -> "";
        };
    }

    private static boolean staged(AlertTarget target, AlertMeasure measure) {
        return target.kind() == AlertTarget.Kind.LINK && measure.ofStages();
    }

    /** How Prometheus calls a proxy that is scraped at its admin address. */
    private static @Nullable String instance(AlertTarget target, Topology drawn) {
        var proxy = drawn.proxies().get(new ProxyId(target.name()));
        var admin = proxy == null ? null : proxy.admin();
        return admin == null ? null : admin.getHost() + ":" + port(admin.getPort(), admin);
    }

    private static int port(int named, java.net.URI admin) {
        return named >= 0 ? named : "https".equals(admin.getScheme()) ? 443 : 80;
    }

    private static void add(List<Rule> rules, AlertRule rule, Topology drawn, String window) {
        var target = rule.target();
        boolean ofProxy = target.kind() == AlertTarget.Kind.PROXY;
        var ql = PromQl.of(target, ofProxy ? instance(target, drawn) : null);
        switch (rule.condition()) {
            case Threshold t ->
                    rules.add(
                            new Rule(
                                    rule.name(),
                                    ql.threshold(t, window),
                                    rule.holding(),
                                    Map.of("severity", rule.urgency().label()),
                                    annotations(rule, ql, words(t))));
            case BurnRate _ -> {
                burning(rules, rule, ql, List.of(BurnWindows.FAST, BurnWindows.STEADY));
                burning(rules, rule, ql, List.of(BurnWindows.SLOW));
            }
        }
    }

    private static void burning(
            List<Rule> rules, AlertRule rule, PromQl ql, List<BurnWindows> windows) {
        var objective = (BurnRate) rule.condition();
        // An objective that calls nobody at night does not do so by Prometheus either.
        var urgency =
                rule.urgency() == AlertRule.Urgency.TICKET
                        ? rule.urgency()
                        : windows.getFirst().urgency();
        var words =
                "fails so often that the error budget of %s %% burns too fast; now {{ $value |"
                                .formatted(PromQl.number(objective.success()))
                        + " humanizePercentage }} fail";
        var labels = new LinkedHashMap<String, String>();
        labels.put("severity", urgency.label());
        labels.put("windows", windows.contains(BurnWindows.SLOW) ? "long" : "short");
        rules.add(
                new Rule(
                        rule.name(),
                        ql.burn(budget(objective), windows),
                        rule.holding(),
                        labels,
                        annotations(rule, ql, words)));
    }

    /** The budget without the dust of binary fractions. */
    private static double budget(BurnRate objective) {
        return BigDecimal.valueOf(objective.budget()).round(new MathContext(9)).doubleValue();
    }

    private static Map<String, String> annotations(AlertRule rule, PromQl ql, String words) {
        var all = new LinkedHashMap<String, String>();
        all.put("summary", "{{ $labels." + ql.by() + " }} " + words);
        all.put("rule", plain(rule.name()));
        return all;
    }

    private static String words(Threshold threshold) {
        var measure = threshold.measure();
        var shown =
                switch (measure.unit()) {
                    case SECONDS -> "{{ $value | humanizeDuration }}";
                    case SHARE -> "{{ $value | humanizePercentage }}";
                    default -> "{{ $value | humanize }}";
                };
        return "has %s%s %s, %s the limit of %s%s"
                .formatted(
                        threshold.stage() == null ? "" : threshold.stage() + " ",
                        measure.label(),
                        shown,
                        threshold.above() ? "above" : "below",
                        PromQl.number(threshold.limit()),
                        measure.unit() == AlertMeasure.Unit.SECONDS ? " s" : "");
    }

    /** A text that Prometheus takes for no template. */
    private static String plain(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }

    /** The rule file, YAML 1.1 and 1.2: every text is in double quotes, as JSON has them. */
    public String yaml() {
        var text = new StringBuilder();
        text.append("# Alerting rules of Batchmesh. Made from a topology; change them there.\n");
        for (var one : left) {
            text.append("# Left out: ")
                    .append(comment(one.alert() + ": " + one.why()))
                    .append('\n');
        }
        text.append("groups:\n  - name: ").append(quoted(group)).append("\n    rules:");
        if (alerts.isEmpty()) {
            text.append(" []");
        }
        text.append('\n');
        for (var rule : alerts) {
            text.append("      - alert: ").append(quoted(rule.alert())).append('\n');
            text.append("        expr: |-\n");
            rule.expr().lines().forEach(l -> text.append("          ").append(l).append('\n'));
            if (!rule.holding().isZero()) {
                text.append("        for: ").append(PromQl.time(rule.holding())).append('\n');
            }
            map(text, "labels", rule.labels());
            map(text, "annotations", rule.annotations());
        }
        return text.toString();
    }

    private static String comment(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    }

    private static void map(StringBuilder text, String name, Map<String, String> all) {
        text.append("        ").append(name).append(":\n");
        all.forEach((k, v) ->
                text.append("          ").append(k).append(": ").append(quoted(v)).append('\n'));
    }

    private static String quoted(String text) {
        return JsonText.compact(JsonNodeFactory.instance.stringNode(text));
    }

    /** The same as JSON, with what was left out. */
    public ObjectNode json() {
        return ObjectWriter.object(o -> {
            o.putArray(
                    "groups",
                    List.of(this),
                    g ->
                            ObjectWriter.object(one ->
                                    one.put("name", g.group())
                                            .putArray("rules", g.alerts(), PrometheusRules::json)));
            o.putArray(
                    "left",
                    left,
                    l ->
                            ObjectWriter.object(
                                    one -> one.put("alert", l.alert()).put("why", l.why())));
        });
    }

    private static ObjectNode json(Rule rule) {
        return ObjectWriter.object(o -> {
            o.put("alert", rule.alert()).put("expr", rule.expr());
            if (!rule.holding().isZero()) {
                o.put("for", PromQl.time(rule.holding()));
            }
            o.putMap("labels", rule.labels(), JsonNodeFactory.instance::stringNode);
            o.putMap("annotations", rule.annotations(), JsonNodeFactory.instance::stringNode);
        });
    }
}
