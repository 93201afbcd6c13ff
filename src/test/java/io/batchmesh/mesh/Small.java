package io.batchmesh.mesh;

import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small topology with one of everything: batches, a slow link, a cache, something outside. */
final class Small {
    static final String JSON =
            """
            {
              "format": "batchmesh/v1",
              "name": "small",
              "services": [
                { "name": "door", "kind": "gateway",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.0.0.1:80" } ] } ],
                  "simulation": { "serviceTime": "0s", "responseBytes": "512B" } },
                { "name": "shop", "kind": "service",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [
                    { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.0.0.2:80" } ] },
                    { "name": "v2", "labels": {}, "endpoints": [ { "address": "10.0.0.3:80" } ] } ],
                  "traffic": { "routes": [ { "name": "default", "split": { "v1": 75, "v2": 25 } } ] },
                  "simulation": { "serviceTime": "2ms", "responseBytes": "1KiB" } },
                { "name": "stock", "kind": "service",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.0.0.4:80" } ] } ],
                  "simulation": { "serviceTime": "1ms", "responseBytes": "2KiB" } },
                { "name": "bank", "kind": "external",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.9.9.9:443" } ] } ],
                  "simulation": { "serviceTime": "3ms", "responseBytes": "256B" } }
              ],
              "links": [
                { "from": "door", "to": "shop",
                  "simulation": { "rate": 200, "request": { "path": "/p/{n}", "identities": 3 } } },
                { "from": "shop", "to": "stock",
                  "batch": { "policy": "fixed", "linger": "5ms", "maxItems": 32, "maxBytes": "256KiB" },
                  "simulation": { "delay": "5ms", "bandwidth": "20Mbit",
                    "request": { "method": "POST", "path": "/s/{n}", "bytes": "300B" } } },
                { "from": "shop", "to": "bank",
                  "batch": { "policy": "off" },
                  "simulation": { "calls": 0.2, "delay": "2ms" } }
              ]
            }
            """;

    private Small() {}

    static Path file(Path directory) throws IOException {
        return Files.writeString(directory.resolve("small.json"), JSON);
    }

    static Topology topology(Path directory) throws IOException {
        return load(file(directory));
    }

    /** The same with mutual TLS, and an access rule that lets the callers in. */
    static Topology secured(Path directory) throws IOException {
        var tls = "\"tls\": { \"mode\": \"mutual\" }";
        var text =
                JSON.replace("\"traffic\": { \"routes\"", "\"traffic\": { " + tls + ", \"routes\"")
                        .replace(
                                "\"simulation\": { \"serviceTime\": \"1ms\"",
                                "\"traffic\": { "
                                        + tls
                                        + ", \"allow\": [ { \"from\": \"shop\" } ] },"
                                        + " \"simulation\": { \"serviceTime\": \"1ms\"");
        return load(Files.writeString(directory.resolve("secured.json"), text));
    }

    private static Topology load(Path path) throws IOException {
        return switch (TopologyFile.load(path)) {
            case LoadResult.Loaded(TopologyFile file) -> file.topology();
            case LoadResult other -> throw new AssertionError(other.toString());
        };
    }
}
