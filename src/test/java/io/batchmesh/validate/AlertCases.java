package io.batchmesh.validate;

import static io.batchmesh.validate.Texts.gateway;
import static io.batchmesh.validate.Texts.link;
import static io.batchmesh.validate.Texts.links;
import static io.batchmesh.validate.Texts.service;
import static io.batchmesh.validate.Texts.services;
import static io.batchmesh.validate.Texts.topology;

import io.batchmesh.model.Topology;
import java.util.List;

/** Ways to break the rules on alerts. */
final class AlertCases {
    private static final String AT = "/alerts/0/";

    private AlertCases() {}

    private static Topology alert(String fields) {
        return topology(
                services(gateway("a"), service("b")),
                links(link("a", "b")),
                "'alerts':[{'name':'n'," + fields + "}]");
    }

    private static RuleCase warned(String rule, String at, String bad, String good) {
        return new RuleCase(rule, Severity.WARNING, AT + at, alert(bad), alert(good));
    }

    static List<RuleCase> all() {
        var slow = "'threshold':{'measure':'p99','above':'5ms'}";
        var staged = "'threshold':{'measure':'p99','stage':'send','above':'5ms'}";
        return List.of(
                warned(
                        "BM-601",
                        "objective",
                        "'proxy':'*','objective':{'success':99.9}",
                        "'link':'*','objective':{'success':99.9}"),
                warned(
                        "BM-601",
                        "threshold/stage",
                        "'service':'*'," + staged,
                        "'link':'*'," + staged),
                warned("BM-601", "threshold/measure", "'proxy':'*'," + slow, "'link':'*'," + slow),
                warned("BM-602", "link", "'link':'a->c'," + slow, "'link':'a->b'," + slow),
                warned("BM-602", "service", "'service':'c'," + slow, "'service':'b'," + slow),
                warned("BM-603", "service", "'service':'a'," + slow, "'service':'b'," + slow),
                warned(
                        "BM-604",
                        "threshold/above",
                        "'link':'*','threshold':{'measure':'errorShare','above':1}",
                        "'link':'*','threshold':{'measure':'errorShare','above':0.5}"));
    }
}
