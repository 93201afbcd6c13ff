package io.batchmesh.config;

import io.batchmesh.json.Faults;
import io.batchmesh.policy.AdjustmentsCheck;
import io.batchmesh.policy.Route;
import io.batchmesh.policy.RouteMatch;
import io.batchmesh.policy.SafeRegex;
import io.batchmesh.policy.TextMatch;
import io.batchmesh.policy.Tracing;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a config must hold beyond the types of its fields. */
final class ConfigChecks {
    private ConfigChecks() {}

    static void check(ProxyConfig config, Faults faults) {
        var tracing = config.tracing();
        if (tracing != null && !tracing.fault().isEmpty()) {
            faults.add("/tracing/endpoint", tracing.fault(), "http://host:4318/v1/traces");
        } else if (tracing != null && !tracing.authorityFault().isEmpty()) {
            faults.add("/tracing/authority", tracing.authorityFault(), Tracing.MEND);
        }
        var hosts = new HashSet<String>();
        for (int i = 0; i < config.links().size(); i++) {
            var link = config.links().get(i);
            var at = "/links/" + i;
            if (!hosts.add(link.host())) {
                faults.add(at + "/host", "host '" + link.host() + "' is there twice", "merge them");
            }
            check(link, at, faults);
        }
        TlsChecks.check(config, faults);
    }

    private static void check(LinkConfig link, String at, Faults faults) {
        if (link.routes().isEmpty()) {
            faults.add(at, "a link without a route answers nothing", "add a route");
        }
        var check = link.resilience().healthCheck();
        if (check != null && !check.fault().isEmpty()) {
            faults.add(at + "/healthCheck", check.fault(), "correct it, or leave it out");
        }
        var names = new HashSet<String>();
        for (int i = 0; i < link.routes().size(); i++) {
            var route = link.routes().get(i);
            var place = at + "/routes/" + i;
            if (!names.add(route.name())) {
                faults.add(
                        place + "/name",
                        "route '" + route.name() + "' is there twice",
                        "rename one of them");
            }
            checkSplit(link, route, place, faults);
            checkMatch(route.match(), place + "/match", faults);
            for (var fault : AdjustmentsCheck.of(route.adjust(), route.match())) {
                faults.add(place + pointer(fault.place()), fault.message(), fault.mend());
            }
        }
    }

    private static String pointer(List<String> names) {
        var text = new StringBuilder();
        names.forEach(n -> text.append('/').append(n.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }

    private static void checkSplit(LinkConfig link, Route route, String at, Faults faults) {
        long sum = 0;
        for (var share : route.split().entrySet()) {
            sum += share.getValue();
            if (!link.subsets().containsKey(share.getKey())) {
                faults.add(
                        at + "/split/" + share.getKey(),
                        "there is no subset '" + share.getKey() + "'",
                        "known: " + String.join(", ", link.subsets().keySet()));
            }
        }
        if (sum == 0) {
            faults.add(at + "/split", "the weights add up to 0", "give at least one weight");
        }
    }

    private static void checkMatch(@Nullable RouteMatch match, String at, Faults faults) {
        if (match == null) {
            return;
        }
        checkPattern(match.path(), at + "/path", faults);
        match.headers().forEach((n, m) -> checkPattern(m, at + "/headers/" + n, faults));
        match.query().forEach((n, m) -> checkPattern(m, at + "/query/" + n, faults));
    }

    private static void checkPattern(@Nullable TextMatch match, String at, Faults faults) {
        if (match instanceof TextMatch.Regex regex) {
            if (SafeRegex.compile(regex.text()) instanceof SafeRegex.Compiled.Bad(String why)) {
                faults.add(at + "/regex", "no regular expression: " + why, "");
            }
        }
    }
}
