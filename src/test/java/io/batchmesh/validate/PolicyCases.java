package io.batchmesh.validate;

import static io.batchmesh.validate.Texts.ab;
import static io.batchmesh.validate.Texts.b;
import static io.batchmesh.validate.Texts.gateway;
import static io.batchmesh.validate.Texts.link;
import static io.batchmesh.validate.Texts.links;
import static io.batchmesh.validate.Texts.proxies;
import static io.batchmesh.validate.Texts.proxy;
import static io.batchmesh.validate.Texts.routes;
import static io.batchmesh.validate.Texts.service;
import static io.batchmesh.validate.Texts.services;
import static io.batchmesh.validate.Texts.topology;

import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ways to break the rules on routes, policies, proxies and simulation. */
final class PolicyCases {
    private static final Severity ERROR = Severity.ERROR;
    private static final Severity WARNING = Severity.WARNING;
    private static final Severity INFO = Severity.INFO;

    private PolicyCases() {}

    static List<RuleCase> all() {
        var all = new ArrayList<RuleCase>();
        all.addAll(routing());
        all.addAll(rest());
        return all;
    }

    private static Topology loaded(String simulation, String batch) {
        return ab("'batch':{" + batch + "}", "'simulation':{" + simulation + "}");
    }

    private static Topology matched(String match) {
        return b(routes("{'name':'r','match':{" + match + "}}", "{'name':'s'}"));
    }

    private static Topology adjusted(String fields) {
        return b(routes("{'name':'r'," + fields + "}", "{'name':'s'}"));
    }

    private static List<RuleCase> routing() {
        var at = "/services/1/traffic/";
        return List.of(
                new RuleCase(
                        "BM-301",
                        ERROR,
                        at + "routes/0/split",
                        b(routes("{'name':'r','split':{'v1':0}}")),
                        b(routes("{'name':'r','split':{'v1':1}}"))),
                new RuleCase("BM-302", ERROR, at + "routes/0/split/v1", negative(-1), negative(1)),
                new RuleCase(
                        "BM-304",
                        WARNING,
                        at + "routes/1",
                        b(routes("{'name':'r'}", "{'name':'s'}")),
                        matched("'methods':['GET']")),
                new RuleCase(
                        "BM-304",
                        WARNING,
                        at + "routes/1",
                        b(
                                routes(
                                        "{'name':'r','match':{'methods':['GET']}}",
                                        "{'name':'s','match':{'methods':['GET']}}")),
                        matched("'methods':['GET']")),
                new RuleCase(
                        "BM-304",
                        WARNING,
                        "/links/0/traffic/routes/0",
                        overridden("mine"),
                        overridden("r")),
                new RuleCase(
                        "BM-305",
                        ERROR,
                        at + "routes/0/match/path/regex",
                        matched("'path':{'regex':'['}"),
                        matched("'path':{'regex':'[a-z]+'}")),
                new RuleCase(
                        "BM-306",
                        ERROR,
                        at + "routes/0/match/headers/x/regex",
                        matched("'headers':{'x':{'regex':'a(?=b)'}}"),
                        matched("'headers':{'x':{'regex':'a(?:b)'}}")),
                new RuleCase(
                        "BM-317",
                        ERROR,
                        at + "routes/0/requestHeaders/set/host",
                        adjusted("'requestHeaders':{'set':{'host':'x'}}"),
                        adjusted("'requestHeaders':{'set':{'x-host':'x'}}")),
                new RuleCase(
                        "BM-317",
                        ERROR,
                        at + "routes/0/responseHeaders/add/x-a",
                        adjusted("'responseHeaders':{'add':{'x-a':'b\\r\\nc: d'}}"),
                        adjusted("'responseHeaders':{'add':{'x-a':'b'}}")),
                new RuleCase(
                        "BM-317",
                        ERROR,
                        at + "routes/0/rewrite/prefix",
                        adjusted("'rewrite':{'prefix':'/v2'}"),
                        adjusted("'match':{'path':{'prefix':'/v1'}},'rewrite':{'prefix':'/v2'}")),
                new RuleCase(
                        "BM-318",
                        ERROR,
                        at + "healthCheck",
                        b("'traffic':{'healthCheck':{'path':'x'}}"),
                        b("'traffic':{'healthCheck':{'path':'/x'}}")),
                new RuleCase(
                        "BM-307",
                        WARNING,
                        at + "routes/0/retry/perTryTimeout",
                        tries("2s", "['5xx']"),
                        tries("500ms", "['5xx']")),
                new RuleCase(
                        "BM-308",
                        ERROR,
                        at + "routes/0/retry/on/0",
                        tries("500ms", "['500']"),
                        tries("500ms", "['5xx']")),
                new RuleCase(
                        "BM-309",
                        WARNING,
                        at + "routes/0/retry/on",
                        tries("500ms", "[]"),
                        tries("500ms", "['5xx']")),
                new RuleCase(
                        "BM-309",
                        WARNING,
                        at + "routes/0/retry/attempts",
                        b(routes("{'name':'r','retry':{'attempts':0,'on':['5xx']}}")),
                        tries("500ms", "['5xx']")),
                new RuleCase(
                        "BM-310",
                        INFO,
                        at + "routes",
                        b(routes("{'name':'r','match':{'methods':['GET']}}")),
                        matched("'methods':['GET']")),
                new RuleCase(
                        "BM-312",
                        WARNING,
                        "/links/0",
                        b("'traffic':{'allow':[{'from':'b'}]}"),
                        b("'traffic':{'allow':[{'from':'a'}]}")),
                new RuleCase(
                        "BM-313",
                        ERROR,
                        at + "loadBalancing",
                        balanced("'policy':'consistentHash'"),
                        balanced("'policy':'consistentHash','hashHeader':'x'")),
                new RuleCase(
                        "BM-313",
                        INFO,
                        at + "loadBalancing/hashHeader",
                        balanced("'policy':'random','hashHeader':'x'"),
                        balanced("'policy':'random'")),
                new RuleCase(
                        "BM-315",
                        ERROR,
                        at + "routes/0/timeout",
                        b(routes("{'name':'r','timeout':'0s'}")),
                        b(routes("{'name':'r','timeout':'1s'}"))),
                new RuleCase(
                        "BM-316",
                        WARNING,
                        at + "routes/0/match/methods/0",
                        matched("'methods':['get']"),
                        matched("'methods':['GET']")));
    }

    /** No file holds a negative weight, but a topology made by a program may. */
    private static Topology negative(int weight) {
        var topology = b(routes("{'name':'r','split':{'v1':1}}"));
        var service = topology.services().get(new ServiceId("b"));
        if (service == null) {
            throw new AssertionError();
        }
        var route = service.traffic().routes().getFirst();
        var changed = route.withSplit(Map.of("v1", weight));
        return topology.with(service.withTraffic(service.traffic().withRoutes(List.of(changed))));
    }

    private static Topology overridden(String route) {
        return topology(
                services(gateway("a"), service("b", routes("{'name':'r'}"))),
                links(link("a", "b", routes("{'name':'" + route + "','timeout':'1s'}"))));
    }

    private static Topology tries(String once, String on) {
        return b(
                routes(
                        "{'name':'r','timeout':'1s','retry':{'perTryTimeout':'"
                                + once
                                + "','on':"
                                + on
                                + "}}"));
    }

    private static Topology balanced(String balancing) {
        return b("'traffic':{'loadBalancing':{" + balancing + "}}");
    }

    private static Topology kinds(String kind, String... service) {
        return topology(
                services(gateway("a"), service("b", service)),
                links(link("a", "b", "'batch':{'policy':'fixed'}")),
                proxies(
                        proxy("p", "a", "'kind':'" + kind + "'"),
                        proxy("q", "b", "'kind':'" + kind + "'")));
    }

    private static Topology linkSecured(String mode) {
        return topology(
                services(gateway("a"), service("b", "'traffic':{'tls':{'mode':'mutual'}}")),
                links(link("a", "b", "'traffic':{'tls':{'mode':'" + mode + "'}}")));
    }

    private static Topology calledFromOutside(String mode) {
        return topology(
                services(
                        service("a", "'kind':'external'"),
                        service("b", "'traffic':{'tls':{'mode':'" + mode + "'}}")),
                links(link("a", "b")));
    }

    static Topology circle(String calls) {
        var text = "'simulation':{'calls':" + calls + "}";
        return topology(
                services(gateway("a"), service("b"), service("c")),
                links(link("a", "b"), link("b", "c"), link("c", "b", text)));
    }

    private static Topology busy(int concurrency) {
        return topology(
                services(
                        gateway("a"),
                        service(
                                "b",
                                "'simulation':{'serviceTime':'10ms','concurrency':"
                                        + concurrency
                                        + "}")),
                links(link("a", "b", "'simulation':{'rate':150}")));
    }

    private static List<RuleCase> rest() {
        var mirror = routes("{'name':'r','mirror':{'service':'a'}}");
        var off = "'policy':'off'";
        return List.of(
                new RuleCase(
                        "BM-401",
                        WARNING,
                        "/links/0/batch/policy",
                        kinds("envoy"),
                        kinds("sidecar")),
                new RuleCase(
                        "BM-401",
                        WARNING,
                        "/services/1/traffic/routes/0/mirror",
                        kinds("linkerd", mirror),
                        kinds("sidecar", mirror)),
                new RuleCase(
                        "BM-452",
                        WARNING,
                        "/services/1/traffic/allow",
                        b("'traffic':{'allow':[{'from':'a'}]}"),
                        b("'traffic':{'tls':{'mode':'mutual'},'allow':[{'from':'a'}]}")),
                new RuleCase(
                        "BM-453",
                        WARNING,
                        "/links/0/traffic/tls/mode",
                        linkSecured("off"),
                        linkSecured("mutual")),
                new RuleCase(
                        "BM-454",
                        WARNING,
                        "/links/0",
                        calledFromOutside("mutual"),
                        calledFromOutside("off")),
                new RuleCase(
                        "BM-501", ERROR, "/links/1/simulation/calls", circle("1"), circle("0.5")),
                new RuleCase(
                        "BM-502",
                        INFO,
                        "/links/0/simulation/calls",
                        ab("'simulation':{'rate':1,'calls':2}"),
                        ab("'simulation':{'rate':1}")),
                new RuleCase("BM-503", INFO, "/services/0", ab(), ab("'simulation':{'rate':1}")),
                new RuleCase(
                        "BM-504",
                        WARNING,
                        "/links/0/simulation/bandwidth",
                        loaded("'rate':200,'bandwidth':'1Mbit'", off),
                        loaded("'rate':100,'bandwidth':'1Mbit'", off)),
                new RuleCase(
                        "BM-505", WARNING, "/services/1/simulation/concurrency", busy(1), busy(2)),
                new RuleCase(
                        "BM-506",
                        ERROR,
                        "/services/1/simulation/responseBytes",
                        b("'simulation':{'responseBytes':'17MiB'}"),
                        b("'simulation':{'responseBytes':'16MiB'}")));
    }
}
