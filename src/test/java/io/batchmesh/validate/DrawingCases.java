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

import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;

/** Ways to break the rules on references, addresses and reach. */
final class DrawingCases {
    private static final Severity ERROR = Severity.ERROR;
    private static final Severity WARNING = Severity.WARNING;
    private static final Severity INFO = Severity.INFO;

    private DrawingCases() {}

    static List<RuleCase> all() {
        var all = new ArrayList<RuleCase>();
        all.addAll(references());
        all.addAll(addresses());
        all.addAll(reach());
        return all;
    }

    private static List<RuleCase> references() {
        var v2 = routes("{'name':'r','split':{'v2':1}}");
        var v1 = routes("{'name':'r','split':{'v1':1}}");
        return List.of(
                new RuleCase(
                        "BM-101",
                        ERROR,
                        "/services/0/name",
                        topology(services(service("A b"))),
                        topology(services(service("a-b")))),
                new RuleCase(
                        "BM-102",
                        ERROR,
                        "/links/0/to",
                        topology(services(gateway("a")), links(link("a", "b"))),
                        ab()),
                new RuleCase(
                        "BM-102",
                        ERROR,
                        "/links/0/from",
                        topology(services(service("b")), links(link("a", "b"))),
                        ab()),
                new RuleCase(
                        "BM-103", ERROR, "/services/1/traffic/routes/0/split/v2", b(v2), b(v1)),
                new RuleCase("BM-103", ERROR, "/links/0/traffic/routes/0/split/v2", ab(v2), ab(v1)),
                new RuleCase(
                        "BM-104",
                        ERROR,
                        "/services/1/traffic/routes/0/mirror/service",
                        b(routes("{'name':'r','mirror':{'service':'z'}}")),
                        b(routes("{'name':'r','mirror':{'service':'a'}}"))),
                new RuleCase(
                        "BM-104",
                        ERROR,
                        "/services/1/traffic/routes/0/mirror/subset",
                        b(routes("{'name':'r','mirror':{'service':'a','subset':'v9'}}")),
                        b(routes("{'name':'r','mirror':{'service':'a','subset':'v1'}}"))),
                new RuleCase(
                        "BM-105",
                        WARNING,
                        "/services/1/traffic/failover/zones/0/to/0",
                        zoned("south"),
                        zoned("north")),
                new RuleCase(
                        "BM-106",
                        ERROR,
                        "/proxies/0/service",
                        topology(proxies(proxy("p", "z"))),
                        topology(services(service("z")), proxies(proxy("p", "z")))),
                new RuleCase(
                        "BM-106",
                        ERROR,
                        "/proxies/0/subset",
                        topology(services(service("z")), proxies(proxy("p", "z", "'subset':'v9'"))),
                        topology(
                                services(service("z")), proxies(proxy("p", "z", "'subset':'v1'")))),
                new RuleCase(
                        "BM-107",
                        WARNING,
                        "/services/1/traffic/allow/0/from",
                        b("'traffic':{'allow':[{'from':'z'}]}"),
                        b("'traffic':{'allow':[{'from':'a'}]}")),
                new RuleCase(
                        "BM-108",
                        WARNING,
                        "/groups/0/services/0",
                        topology("'groups':[{'name':'g','services':['z']}]"),
                        topology(
                                services(service("z")),
                                "'groups':[{'name':'g','services':['z']}]")),
                new RuleCase(
                        "BM-109",
                        INFO,
                        "/layout/services/z",
                        topology("'layout':{'services':{'z':{'x':1,'y':2}}}"),
                        topology(
                                services(service("z")),
                                "'layout':{'services':{'z':{'x':1,'y':2}}}")),
                new RuleCase(
                        "BM-110",
                        WARNING,
                        "/links/0",
                        topology(services(gateway("a")), links(link("a", "a"))),
                        ab()),
                new RuleCase(
                        "BM-117", WARNING, "/groups/1/services/0", grouped("a"), grouped("b")));
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

    private static List<RuleCase> addresses() {
        var place = "/services/1/subsets/0/endpoints/0/address";
        return List.of(
                new RuleCase("BM-111", ERROR, place, endpoint("h"), endpoint("h:1")),
                new RuleCase("BM-111", ERROR, place, endpoint("h:0"), endpoint("[::1]:80")),
                new RuleCase("BM-111", ERROR, place, endpoint("h:65536"), endpoint("h:65535")),
                new RuleCase(
                        "BM-111", ERROR, place, endpoint("http://h:1"), endpoint("10.0.0.1:1")),
                new RuleCase("BM-112", ERROR, place, endpoint("a:1"), endpoint("a:2")),
                new RuleCase(
                        "BM-112",
                        WARNING,
                        place,
                        b(
                                "'kind':'external'",
                                "'subsets':[{'name':'v1','endpoints':[{'address':'a:1'}]}]"),
                        endpoint("b:1")),
                new RuleCase(
                        "BM-113",
                        ERROR,
                        "/proxies/1/admin",
                        admins("http://h:1", "http://h:1/"),
                        admins("http://h:1", "http://h:2")),
                new RuleCase(
                        "BM-114",
                        ERROR,
                        "/proxies/1/admin",
                        admins("http://h:1", "http://b:1"),
                        admins("http://h:1", "http://b:2")),
                new RuleCase(
                        "BM-115",
                        WARNING,
                        "/proxies/1",
                        topology(services(service("a")), proxies(proxy("p", "a"), proxy("q", "a"))),
                        topology(services(service("a")), proxies(proxy("p", "a")))),
                new RuleCase(
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

    private static List<RuleCase> reach() {
        var empty = "'subsets':[{'name':'v1','endpoints':[{'address':'h:1'}]},{'name':'v2'}]";
        var called = links(link("c", "b"));
        return List.of(
                new RuleCase(
                        "BM-319",
                        Severity.ERROR,
                        "/tracing/endpoint",
                        topology("'tracing':{'endpoint':'ftp://x/'}"),
                        topology("'tracing':{'endpoint':'https://x:4318/v1/traces'}")),
                new RuleCase(
                        "BM-319",
                        Severity.ERROR,
                        "/tracing/authority",
                        topology("'tracing':{'endpoint':'http://x/','authority':'file:ca.pem'}"),
                        topology("'tracing':{'endpoint':'https://x/','authority':'file:ca.pem'}")),
                new RuleCase(
                        "BM-121",
                        WARNING,
                        "/services/0",
                        topology(services(service("c"), service("b")), called),
                        topology(services(gateway("c"), service("b")), called)),
                new RuleCase(
                        "BM-121",
                        WARNING,
                        "/services/1",
                        topology(services(service("c"), service("b")), called),
                        topology(
                                services(service("c"), service("b")),
                                links(link("c", "b", "'simulation':{'rate':1}")))),
                new RuleCase("BM-122", INFO, "/services/0", topology(services(service("a"))), ab()),
                new RuleCase(
                        "BM-123",
                        WARNING,
                        "/services/1",
                        topology(services(gateway("a"), gateway("b")), links(link("a", "b"))),
                        ab()),
                new RuleCase("BM-124", ERROR, "/services/1/subsets", b("'subsets':[]"), ab()),
                new RuleCase(
                        "BM-124",
                        WARNING,
                        "/services/0/subsets",
                        topology(services(service("a", "'subsets':[]"))),
                        topology(services(service("a")))),
                new RuleCase("BM-125", WARNING, "/services/1", b("'ports':[]"), ab()),
                new RuleCase("BM-126", WARNING, "/services/1/subsets/1/endpoints", b(empty), ab()),
                new RuleCase(
                        "BM-126",
                        ERROR,
                        "/services/1/subsets/1/endpoints",
                        b(empty, routes("{'name':'r','split':{'v1':1,'v2':1}}")),
                        ab()));
    }
}
