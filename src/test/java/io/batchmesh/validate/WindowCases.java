package io.batchmesh.validate;

import static io.batchmesh.validate.Texts.ab;
import static io.batchmesh.validate.Texts.gateway;
import static io.batchmesh.validate.Texts.link;
import static io.batchmesh.validate.Texts.links;
import static io.batchmesh.validate.Texts.routes;
import static io.batchmesh.validate.Texts.service;
import static io.batchmesh.validate.Texts.services;
import static io.batchmesh.validate.Texts.topology;

import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;

/** Ways to break the rules on batch windows. */
final class WindowCases {
    private static final Severity ERROR = Severity.ERROR;
    private static final Severity WARNING = Severity.WARNING;

    private WindowCases() {}

    static List<RuleCase> all() {
        var all = new ArrayList<RuleCase>();
        all.addAll(windows());
        return all;
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

    private static Topology bulk(String path) {
        return topology(
                services(gateway("a"), service("b", "'bulk':{'format':'ndjson','path':'/bulk'}")),
                links(
                        link(
                                "a",
                                "b",
                                "'batch':{'policy':'fixed'}",
                                "'simulation':{'request':{'method':'POST','path':'"
                                        + path
                                        + "'}}")));
    }

    private static Topology loaded(String simulation, String batch) {
        return ab("'batch':{" + batch + "}", "'simulation':{" + simulation + "}");
    }

    private static List<RuleCase> windows() {
        var at = "/links/0/batch/";
        var tcp = "'ports':[{'name':'x','port':1,'protocol':'tcp'}]";
        var fixed = "'policy':'fixed','linger':'2ms'";
        return List.of(
                new RuleCase(
                        "BM-201",
                        WARNING,
                        at + "maxItems",
                        window("'policy':'fixed','linger':'0s','maxItems':1"),
                        window("'policy':'off','linger':'0s','maxItems':1")),
                new RuleCase(
                        "BM-202",
                        ERROR,
                        at + "linger",
                        timed("'policy':'fixed','linger':'1s'"),
                        timed("'policy':'auto','linger':'1s'")),
                new RuleCase(
                        "BM-202",
                        ERROR,
                        at + "targetP99",
                        timed("'policy':'targetP99','targetP99':'2s'"),
                        timed("'policy':'targetP99','targetP99':'500ms'")),
                new RuleCase(
                        "BM-203",
                        WARNING,
                        at + "maxBytes",
                        loaded("'request':{'bytes':'4KiB'}", "'maxBytes':'4KiB'"),
                        loaded("'request':{'bytes':'4KiB'}", "'maxBytes':'16KiB'")),
                new RuleCase(
                        "BM-204",
                        WARNING,
                        at + "targetP99",
                        loaded("'delay':'10ms'", "'policy':'targetP99','targetP99':'20ms'"),
                        loaded("'delay':'10ms'", "'policy':'targetP99','targetP99':'30ms'")),
                new RuleCase(
                        "BM-205",
                        WARNING,
                        at + "policy",
                        answered(tcp, "auto"),
                        answered(tcp, "off")),
                new RuleCase(
                        "BM-206",
                        WARNING,
                        at + "cache/maxBytes",
                        window("'cache':{'maxBytes':'512B','ttl':'1s'}"),
                        window("'cache':{'maxBytes':'1MiB','ttl':'1s'}")),
                new RuleCase(
                        "BM-207",
                        WARNING,
                        at + "cache",
                        loaded("'request':{'method':'POST'}", "'cache':{'ttl':'1s'}"),
                        loaded("'request':{'method':'GET'}", "'cache':{'ttl':'1s'}")),
                new RuleCase(
                        "BM-208",
                        ERROR,
                        at + "targetP99",
                        window("'policy':'targetP99','targetP99':'0s'"),
                        window("'policy':'targetP99','targetP99':'20ms'")),
                new RuleCase(
                        "BM-209",
                        WARNING,
                        at + "policy",
                        answered("'kind':'external'", "fixed"),
                        answered("'kind':'service'", "fixed")),
                new RuleCase(
                        "BM-210",
                        WARNING,
                        at + "compression/minBytes",
                        window("'maxBytes':'1KiB','compression':{'minBytes':'1KiB'}"),
                        window("'maxBytes':'1KiB','compression':{'minBytes':'512B'}")),
                new RuleCase(
                        "BM-211",
                        WARNING,
                        at + "compression/context",
                        window("'compression':{'codec':'gzip','context':'stream'}"),
                        window("'compression':{'codec':'zstd','context':'stream'}")),
                new RuleCase(
                        "BM-212",
                        WARNING,
                        "/links/0/simulation/request/path",
                        bulk("/items"),
                        bulk("/bulk")),
                new RuleCase(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':600", fixed)),
                new RuleCase(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':100", "'policy':'auto'")),
                new RuleCase(
                        "BM-214",
                        WARNING,
                        at + "linger",
                        loaded("'rate':100", fixed),
                        loaded("'rate':100,'request':{'burst':10}", fixed)));
    }
}
