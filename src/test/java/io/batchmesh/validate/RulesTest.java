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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule, on a topology that breaks it and on one like it that does not. */
class RulesTest {
    private static final Severity ERROR = Severity.ERROR;
    private static final Severity WARNING = Severity.WARNING;
    private static final Severity INFO = Severity.INFO;

    /** A way to break a rule, and the nearest topology that does not. */
    private record Case(
            String rule, Severity severity, String pointer, Topology bad, Topology good) {}

    private static Stream<Case> cases() {
        return Stream.of(references(), addresses(), reach(), windows(), routing(), rest())
                .flatMap(List::stream);
    }

    private static List<Case> references() {
        var v2 = routes("{'name':'r','split':{'v2':1}}");
        var v1 = routes("{'name':'r','split':{'v1':1}}");
        return List.of(
                new Case(
                        "BM-101",
                        ERROR,
                        "/services/0/name",
                        topology(services(service("A b"))),
                        topology(services(service("a-b")))),
                new Case(
                        "BM-102",
                        ERROR,
                        "/links/0/to",
                        topology(services(gateway("a")), links(link("a", "b"))),
                        ab()),
                new Case(
                        "BM-102",
                        ERROR,
                        "/links/0/from",
                        topology(services(service("b")), links(link("a", "b"))),
                        ab()),
                new Case("BM-103", ERROR, "/services/1/traffic/routes/0/split/v2", b(v2), b(v1)),
                new Case("BM-103", ERROR, "/links/0/traffic/routes/0/split/v2", ab(v2), ab(v1)),
                new Case(
                        "BM-104",
                        ERROR,
                        "/services/1/traffic/routes/0/mirror/service",
                        b(routes("{'name':'r','mirror':{'service':'z'}}")),
                        b(routes("{'name':'r','mirror':{'service':'a'}}"))),
                new Case(
                        "BM-104",
                        ERROR,
                        "/services/1/traffic/routes/0/mirror/subset",
                        b(routes("{'name':'r','mirror':{'service':'a','subset':'v9'}}")),
                        b(routes("{'name':'r','mirror':{'service':'a','subset':'v1'}}"))),
                new Case(
                        "BM-105",
                        WARNING,
                        "/services/1/traffic/failover/zones/0/to/0",
                        zoned("south"),
                        zoned("north")),
                new Case(
                        "BM-106",
                        ERROR,
                        "/proxies/0/service",
                        topology(proxies(proxy("p", "z"))),
                        topology(services(service("z")), proxies(proxy("p", "z")))),
                new Case(
                        "BM-106",
                        ERROR,
                        "/proxies/0/subset",
                        topology(services(service("z")), proxies(proxy("p", "z", "'subset':'v9'"))),
                        topology(
                                services(service("z")), proxies(proxy("p", "z", "'subset':'v1'")))),
                new Case(
                        "BM-107",
                        WARNING,
                        "/services/1/traffic/allow/0/from",
                        b("'traffic':{'allow':[{'from':'z'}]}"),
                        b("'traffic':{'allow':[{'from':'a'}]}")),
                new Case(
                        "BM-108",
                        WARNING,
                        "/groups/0/services/0",
                        topology("'groups':[{'name':'g','services':['z']}]"),
                        topology(
                                services(service("z")),
                                "'groups':[{'name':'g','services':['z']}]")),
                new Case(
                        "BM-109",
                        INFO,
                        "/layout/services/z",
                        topology("'layout':{'services':{'z':{'x':1,'y':2}}}"),
                        topology(
                                services(service("z")),
                                "'layout':{'services':{'z':{'x':1,'y':2}}}")),
                new Case(
                        "BM-110",
                        WARNING,
                        "/links/0",
                        topology(services(gateway("a")), links(link("a", "a"))),
                        ab()),
                new Case("BM-117", WARNING, "/groups/1/services/0", grouped("a"), grouped("b")));
    }

    private static Topology zoned(String to) {
        return b(
                "'subsets':[{'name':'v1','endpoints':[{'address':'h:1','zone':'north'}]}]",
                "'traffic':{'failover':{'zones':[{'from':'north','to':['" + to + "']}]}}");
    }

    private static Topology grouped(String second) {
        return topology(
                services(gateway("a"), service("b")),
                "'groups':[{'name':'g','services':['a']},{'name':'h','services':['"
                        + second
                        + "']}]");
    }

    private static Topology endpoint(String address) {
        return b("'subsets':[{'name':'v1','endpoints':[{'address':'" + address + "'}]}]");
    }

    private static List<Case> addresses() {
        var place = "/services/1/subsets/0/endpoints/0/address";
        return List.of(
                new Case("BM-111", ERROR, place, endpoint("h"), endpoint("h:1")),
                new Case("BM-111", ERROR, place, endpoint("h:0"), endpoint("[::1]:80")),
                new Case("BM-111", ERROR, place, endpoint("h:65536"), endpoint("h:65535")),
                new Case("BM-111", ERROR, place, endpoint("http://h:1"), endpoint("10.0.0.1:1")),
                new Case("BM-112", ERROR, place, endpoint("a:1"), endpoint("a:2")),
                new Case(
                        "BM-112",
                        WARNING,
                        place,
                        b(
                                "'kind':'external'",
                                "'subsets':[{'name':'v1','endpoints':[{'address':'a:1'}]}]"),
                        endpoint("b:1")),
                new Case(
                        "BM-113",
                        ERROR,
                        "/proxies/1/admin",
                        admins("http://h:1", "http://h:1/"),
                        admins("http://h:1", "http://h:2")),
                new Case(
                        "BM-114",
                        ERROR,
                        "/proxies/1/admin",
                        admins("http://h:1", "http://b:1"),
                        admins("http://h:1", "http://b:2")),
                new Case(
                        "BM-115",
                        WARNING,
                        "/proxies/1",
                        topology(services(service("a")), proxies(proxy("p", "a"), proxy("q", "a"))),
                        topology(services(service("a")), proxies(proxy("p", "a")))),
                new Case(
                        "BM-116",
                        ERROR,
                        "/services/1/ports/1/port",
                        b("'ports':[{'name':'x','port':80},{'name':'y','port':80}]"),
                        b("'ports':[{'name':'x','port':80},{'name':'y','port':81}]")));
    }

    private static Topology admins(String first, String second) {
        return topology(
                services(gateway("a"), service("b")),
                links(link("a", "b")),
                proxies(
                        proxy("p", "a", "'admin':'" + first + "'"),
                        proxy("q", "b", "'admin':'" + second + "'")));
    }

    private static List<Case> reach() {
        var empty = "'subsets':[{'name':'v1','endpoints':[{'address':'h:1'}]},{'name':'v2'}]";
        var called = links(link("c", "b"));
        return List.of(
                new Case(
                        "BM-121",
                        WARNING,
                        "/services/0",
                        topology(services(service("c"), service("b")), called),
                        topology(services(gateway("c"), service("b")), called)),
                new Case(
                        "BM-121",
                        WARNING,
                        "/services/1",
                        topology(services(service("c"), service("b")), called),
                        topology(
                                services(service("c"), service("b")),
                                links(link("c", "b", "'simulation':{'rate':1}")))),
                new Case("BM-122", INFO, "/services/0", topology(services(service("a"))), ab()),
                new Case(
                        "BM-123",
                        WARNING,
                        "/services/1",
                        topology(services(gateway("a"), gateway("b")), links(link("a", "b"))),
                        ab()),
                new Case("BM-124", ERROR, "/services/1/subsets", b("'subsets':[]"), ab()),
                new Case(
                        "BM-124",
                        WARNING,
                        "/services/0/subsets",
                        topology(services(service("a", "'subsets':[]"))),
                        topology(services(service("a")))),
                new Case("BM-125", WARNING, "/services/1", b("'ports':[]"), ab()),
                new Case("BM-126", WARNING, "/services/1/subsets/1/endpoints", b(empty), ab()),
                new Case(
                        "BM-126",
                        ERROR,
                        "/services/1/subsets/1/endpoints",
                        b(empty, routes("{'name':'r','split':{'v1':1,'v2':1}}")),
                        ab()));
    }

    private static Topology window(String... fields) {
        return ab("'batch':{" + String.join(",", fields) + "}");
    }

    private static Topology timed(String window) {
        return topology(
                services(gateway("a"), service("b", routes("{'name':'r','timeout':'1s'}"))),
                links(link("a", "b", "'batch':{" + window + "}")));
    }

    private static Topology answered(String kind, String policy) {
        return topology(
                services(gateway("a"), service("b", kind)),
                links(link("a", "b", "'batch':{'policy':'" + policy + "'}")));
    }

    private static Topology loaded(String simulation, String batch) {
        return ab("'batch':{" + batch + "}", "'simulation':{" + simulation + "}");
    }

    private static List<Case> windows() {
        var at = "/links/0/batch/";
        var tcp = "'ports':[{'name':'x','port':1,'protocol':'tcp'}]";
        var fixed = "'policy':'fixed','linger':'2ms'";
        return List.of(
                new Case(
                        "BM-201",
                        WARNING,
                        at + "maxItems",
                        window("'policy':'fixed','linger':'0s','maxItems':1"),
                        window("'policy':'off','linger':'0s','maxItems':1")),
                new Case(
                        "BM-202",
                        ERROR,
                        at + "linger",
                        timed("'policy':'fixed','linger':'1s'"),
                        timed("'policy':'auto','linger':'1s'")),
                new Case(
                        "BM-202",
                        ERROR,
                        at + "targetP99",
                        timed("'policy':'targetP99','targetP99':'2s'"),
                        timed("'policy':'targetP99','targetP99':'500ms'")),
                new Case(
                        "BM-203",
                        WARNING,
                        at + "maxBytes",
                        loaded("'request':{'bytes':'4KiB'}", "'maxBytes':'4KiB'"),
                        loaded("'request':{'bytes':'4KiB'}", "'maxBytes':'16KiB'")),
                new Case(
                        "BM-204",
                        WARNING,
                        at + "targetP99",
                        loaded("'delay':'10ms'", "'policy':'targetP99','targetP99':'20ms'"),
                        loaded("'delay':'10ms'", "'policy':'targetP99','targetP99':'30ms'")),
                new Case(
                        "BM-205",
                        WARNING,
                        at + "policy",
                        answered(tcp, "auto"),
                        answered(tcp, "off")),
                new Case(
                        "BM-206",
                        WARNING,
                        at + "cache/maxBytes",
                        window("'cache':{'maxBytes':'512B','ttl':'1s'}"),
                        window("'cache':{'maxBytes':'1MiB','ttl':'1s'}")),
                new Case(
                        "BM-207",
                        WARNING,
                        at + "cache",
                        loaded("'request':{'method':'POST'}", "'cache':{'ttl':'1s'}"),
                        loaded("'request':{'method':'GET'}", "'cache':{'ttl':'1s'}")),
                new Case(
                        "BM-208",
                        ERROR,
                        at + "targetP99",
                        window("'policy':'targetP99','targetP99':'0s'"),
                        window("'policy':'targetP99','targetP99':'20ms'")),
                new Case(
                        "BM-209",
                        WARNING,
                        at + "policy",
                        answered("'kind':'external'", "fixed"),
                        answered("'kind':'service'", "fixed")),
                new Case(
                        "BM-210",
                        WARNING,
                        at + "compression/minBytes",
                        window("'maxBytes':'1KiB','compression':{'minBytes':'1KiB'}"),
                        window("'maxBytes':'1KiB','compression':{'minBytes':'512B'}")),
                new Case(
                        "BM-211",
                        WARNING,
                        at + "compression/context",
                        window("'compression':{'codec':'gzip','context':'stream'}"),
                        window("'compression':{'codec':'zstd','context':'stream'}")),
                new Case(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':600", fixed)),
                new Case(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':100", "'policy':'auto'")),
                new Case(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':100,'request':{'burst':10}", fixed)));
    }

    private static Topology matched(String match) {
        return b(routes("{'name':'r','match':{" + match + "}}", "{'name':'s'}"));
    }

    private static List<Case> routing() {
        var at = "/services/1/traffic/";
        return List.of(
                new Case(
                        "BM-301",
                        ERROR,
                        at + "routes/0/split",
                        b(routes("{'name':'r','split':{'v1':0}}")),
                        b(routes("{'name':'r','split':{'v1':1}}"))),
                new Case("BM-302", ERROR, at + "routes/0/split/v1", negative(-1), negative(1)),
                new Case(
                        "BM-304",
                        WARNING,
                        at + "routes/1",
                        b(routes("{'name':'r'}", "{'name':'s'}")),
                        matched("'methods':['GET']")),
                new Case(
                        "BM-304",
                        WARNING,
                        at + "routes/1",
                        b(
                                routes(
                                        "{'name':'r','match':{'methods':['GET']}}",
                                        "{'name':'s','match':{'methods':['GET']}}")),
                        matched("'methods':['GET']")),
                new Case(
                        "BM-304",
                        WARNING,
                        "/links/0/traffic/routes/0",
                        overridden("mine"),
                        overridden("r")),
                new Case(
                        "BM-305",
                        ERROR,
                        at + "routes/0/match/path/regex",
                        matched("'path':{'regex':'['}"),
                        matched("'path':{'regex':'[a-z]+'}")),
                new Case(
                        "BM-306",
                        WARNING,
                        at + "routes/0/match/headers/x/regex",
                        matched("'headers':{'x':{'regex':'a(?=b)'}}"),
                        matched("'headers':{'x':{'regex':'a(?:b)'}}")),
                new Case(
                        "BM-307",
                        WARNING,
                        at + "routes/0/retry/perTryTimeout",
                        tries("2s", "['5xx']"),
                        tries("500ms", "['5xx']")),
                new Case(
                        "BM-308",
                        ERROR,
                        at + "routes/0/retry/on/0",
                        tries("500ms", "['500']"),
                        tries("500ms", "['5xx']")),
                new Case(
                        "BM-309",
                        WARNING,
                        at + "routes/0/retry/on",
                        tries("500ms", "[]"),
                        tries("500ms", "['5xx']")),
                new Case(
                        "BM-309",
                        WARNING,
                        at + "routes/0/retry/attempts",
                        b(routes("{'name':'r','retry':{'attempts':0,'on':['5xx']}}")),
                        tries("500ms", "['5xx']")),
                new Case(
                        "BM-310",
                        INFO,
                        at + "routes",
                        b(routes("{'name':'r','match':{'methods':['GET']}}")),
                        matched("'methods':['GET']")),
                new Case(
                        "BM-312",
                        WARNING,
                        "/links/0",
                        b("'traffic':{'allow':[{'from':'b'}]}"),
                        b("'traffic':{'allow':[{'from':'a'}]}")),
                new Case(
                        "BM-313",
                        ERROR,
                        at + "loadBalancing",
                        balanced("'policy':'consistentHash'"),
                        balanced("'policy':'consistentHash','hashHeader':'x'")),
                new Case(
                        "BM-313",
                        INFO,
                        at + "loadBalancing/hashHeader",
                        balanced("'policy':'random','hashHeader':'x'"),
                        balanced("'policy':'random'")),
                new Case(
                        "BM-315",
                        ERROR,
                        at + "routes/0/timeout",
                        b(routes("{'name':'r','timeout':'0s'}")),
                        b(routes("{'name':'r','timeout':'1s'}"))),
                new Case(
                        "BM-316",
                        WARNING,
                        at + "routes/0/match/methods/0",
                        matched("'methods':['get']"),
                        matched("'methods':['GET']")));
    }

    /** No file holds a negative weight, but a topology made by a program may. */
    private static Topology negative(int weight) {
        var topology = b(routes("{'name':'r','split':{'v1':1}}"));
        var service = topology.services().get(new io.batchmesh.model.ServiceId("b"));
        if (service == null) {
            throw new AssertionError();
        }
        var route = service.traffic().routes().getFirst();
        var changed = route.withSplit(java.util.Map.of("v1", weight));
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

    private static Topology secured(String kind, String mode) {
        return kinds(kind, "'traffic':{'tls':{'mode':'" + mode + "'}}");
    }

    private static Topology circle(String calls) {
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

    private static List<Case> rest() {
        var mirror = routes("{'name':'r','mirror':{'service':'a'}}");
        var fault = routes("{'name':'r','fault':{'abort':{'percent':1}}}");
        var off = "'policy':'off'";
        return List.of(
                new Case(
                        "BM-401",
                        WARNING,
                        "/links/0/batch/policy",
                        kinds("envoy"),
                        kinds("sidecar")),
                new Case(
                        "BM-401",
                        WARNING,
                        "/services/1/traffic/routes/0/mirror",
                        kinds("linkerd", mirror),
                        kinds("sidecar", mirror)),
                new Case(
                        "BM-451",
                        WARNING,
                        "/services/1/traffic/tls",
                        secured("sidecar", "mutual"),
                        secured("istio", "mutual")),
                new Case("BM-451", INFO, "/services/1/traffic/routes/0/mirror", b(mirror), ab()),
                new Case("BM-451", INFO, "/services/1/traffic/routes/0/fault", b(fault), ab()),
                new Case(
                        "BM-451",
                        INFO,
                        "/services/1/bulk/format",
                        b("'bulk':{'format':'odata','path':'/$batch'}"),
                        b("'bulk':{'format':'ndjson','path':'/bulk'}")),
                new Case(
                        "BM-451",
                        INFO,
                        "/services/1/ports/0/protocol",
                        b("'ports':[{'name':'x','port':1,'protocol':'grpc'}]"),
                        ab()),
                new Case("BM-501", ERROR, "/links/1/simulation/calls", circle("1"), circle("0.5")),
                new Case(
                        "BM-502",
                        INFO,
                        "/links/0/simulation/calls",
                        ab("'simulation':{'rate':1,'calls':2}"),
                        ab("'simulation':{'rate':1}")),
                new Case("BM-503", INFO, "/services/0", ab(), ab("'simulation':{'rate':1}")),
                new Case(
                        "BM-504",
                        WARNING,
                        "/links/0/simulation/bandwidth",
                        loaded("'rate':200,'bandwidth':'1Mbit'", off),
                        loaded("'rate':100,'bandwidth':'1Mbit'", off)),
                new Case("BM-505", WARNING, "/services/1/simulation/concurrency", busy(1), busy(2)),
                new Case(
                        "BM-506",
                        ERROR,
                        "/services/1/simulation/responseBytes",
                        b("'simulation':{'responseBytes':'17MiB'}"),
                        b("'simulation':{'responseBytes':'16MiB'}")));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleFindsWhatItIsForAndNothingNextToIt() {
        return cases().map(c -> DynamicTest.dynamicTest(c.rule + " " + c.pointer, () -> check(c)));
    }

    private static void check(Case c) {
        var found = Validator.validate(c.bad);
        assertTrue(
                found.stream().anyMatch(f -> isIt(c, f)),
                c.rule + " at " + c.pointer + " is not among " + found);
        for (var finding : found) {
            assertFalse(finding.message().isBlank(), finding.toString());
            assertFalse(finding.mend().isBlank(), finding.toString());
        }
        var good = Validator.validate(c.good);
        assertFalse(good.stream().anyMatch(f -> isIt(c, f)), "not there: " + good);
    }

    private static boolean isIt(Case c, Finding f) {
        return f.rule().equals(c.rule)
                && f.severity() == c.severity
                && f.pointer().equals(c.pointer);
    }

    @Test
    void everyRuleHasACase() throws IOException {
        var written = new TreeSet<String>();
        var id = Pattern.compile("\"(BM-[1-9][0-9]{2})\"");
        try (var files = Files.list(Path.of("src/main/java/io/batchmesh/validate"))) {
            for (var file : files.toList()) {
                id.matcher(Files.readString(file)).results().forEach(r -> written.add(r.group(1)));
            }
        }
        var tested = new TreeSet<String>();
        cases().forEach(c -> tested.add(c.rule));
        assertEquals(written, tested);
    }

    @Test
    void theWorstComesFirst() {
        var found = Validator.validate(circle("2"));
        var order = found.stream().map(Finding::severity).toList();
        assertEquals(order.stream().sorted().toList(), order);
    }

    @Test
    void anEmptyTopologyHasNoFindings() {
        assertEquals(List.of(), Validator.validate(Topology.empty("x")));
    }
}
