package io.batchmesh.validate;

import io.batchmesh.model.Topology;
import io.batchmesh.store.TopologyJson;
import io.batchmesh.store.TopologyResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Short ways to write topologies; single quotes stand for double ones. */
final class Texts {
    private Texts() {}

    /** A topology of parts that are fields of its JSON. */
    static Topology topology(String... parts) {
        var text =
                "{'format':'batchmesh/v1','name':'x',".replace('\'', '"')
                        + String.join(",", parts).replace('\'', '"')
                        + "}";
        return switch (TopologyJson.read(text.getBytes(StandardCharsets.UTF_8))) {
            case TopologyResult.Read r -> r.topology();
            case TopologyResult.Faulty f -> throw new AssertionError(f.faults() + "\n" + text);
        };
    }

    static String services(String... services) {
        return "'services':[" + String.join(",", services) + "]";
    }

    static String links(String... links) {
        return "'links':[" + String.join(",", links) + "]";
    }

    static String proxies(String... proxies) {
        return "'proxies':[" + String.join(",", proxies) + "]";
    }

    /** A service with one endpoint, {@code NAME:1}; fields given replace its own. */
    static String service(String name, String... fields) {
        return object(
                fields,
                "'name':'" + name + "'",
                "'kind':'service'",
                "'ports':[{'name':'http','port':80}]",
                "'subsets':[{'name':'v1','endpoints':[{'address':'" + name + ":1'}]}]");
    }

    static String gateway(String name, String... fields) {
        return service(name, plus(fields, "'kind':'gateway'"));
    }

    static String link(String from, String to, String... fields) {
        return object(fields, "'from':'" + from + "'", "'to':'" + to + "'");
    }

    static String proxy(String name, String service, String... fields) {
        return object(fields, "'name':'" + name + "'", "'service':'" + service + "'");
    }

    static String routes(String... routes) {
        return "'traffic':{'routes':[" + String.join(",", routes) + "]}";
    }

    private static String[] plus(String[] fields, String field) {
        var all = Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = field;
        return all;
    }

    private static String object(String[] fields, String... defaults) {
        var given = List.of(fields);
        var all = new ArrayList<>(given);
        for (var field : defaults) {
            var name = field.substring(0, field.indexOf(':') + 1);
            if (given.stream().noneMatch(f -> f.startsWith(name))) {
                all.add(field);
            }
        }
        return "{" + String.join(",", all) + "}";
    }

    /** A gateway {@code a} that calls a service {@code b}: the fields are those of the link. */
    static Topology ab(String... link) {
        return topology(services(gateway("a"), service("b")), links(link("a", "b", link)));
    }

    /** A gateway {@code a} that calls a service {@code b}: the fields are those of the service. */
    static Topology b(String... service) {
        return topology(services(gateway("a"), service("b", service)), links(link("a", "b")));
    }
}
