package io.batchmesh.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Our own proxies, each in a process of its own, started as a user would. */
final class Sidecars {
    /** What the README recommends for a sidecar. */
    static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms48m",
                    "-Xmx96m",
                    "-Xss512k",
                    "-XX:ReservedCodeCacheSize=48m",
                    "-XX:+UseCompactObjectHeaders",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Lab lab;
    private final Settings settings;

    Sidecars(Lab lab, Settings settings) {
        this.lab = lab;
        this.settings = settings;
    }

    /**
     * A way to a service.
     *
     * @param host by which callers choose it
     * @param to the port that requests are sent to
     * @param peer whether a sidecar is there
     * @param batch the settings of the window, as JSON
     */
    record Link(String host, int to, boolean peer, String batch) {
        private String json() {
            return """
            {"link": "client->%s", "host": "%s",
             "routes": [{"name": "default", "split": {"all": 100}}],
             "subsets": {"all": [{"address": "127.0.0.1:%d", "peer": "%s"}]},
             "batch": %s}\
            """
                    .formatted(host, host, to, peer ? "sidecar" : "plain", batch);
        }
    }

    /** Takes calls and sends them on. */
    Variant.Hop caller(String name, List<Link> links) throws InterruptedException {
        int port = Lab.freePort();
        var all = links.stream().map(Link::json).collect(Collectors.joining(",\n"));
        return start(name, new Ports(port, port, Lab.freePort()), "", all);
    }

    /** Takes calls of peers for a service. */
    Variant.Hop called(String name, int service) throws InterruptedException {
        int port = Lab.freePort();
        var inbound = "\"inbound\": {\"endpoint\": \"127.0.0.1:%d\"},".formatted(service);
        return start(name, new Ports(port, Lab.freePort(), port), inbound, "");
    }

    private record Ports(int awaited, int outbound, int inbound) {}

    private Variant.Hop start(String name, Ports ports, String inbound, String links)
            throws InterruptedException {
        var config =
                """
                {"format": "batchmesh-proxy/v1", "proxy": "%s", "service": "%s",
                 "listeners": {"outbound": "127.0.0.1:%d", "inbound": "127.0.0.1:%d"},
                 %s
                 "links": [%s]}
                """
                        .formatted(name, name, ports.outbound(), ports.inbound(), inbound, links);
        var file = lab.write(name + ".json", config);
        var process = lab.cold(name, ports.awaited(), command(file, name));
        return new Variant.Hop(ports.awaited(), process);
    }

    private List<String> command(Path config, String name) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(FLAGS);
        command.addAll(settings.flags());
        command.addAll(settings.program());
        command.addAll(List.of("proxy", "--config", config.toString(), "--reset", "--state"));
        command.add(lab.directory().resolve(name + "-state").toString());
        return command;
    }

    static String java() {
        return tool("java");
    }

    /** A program of the JDK that this runs on. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
