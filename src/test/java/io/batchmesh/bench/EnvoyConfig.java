package io.batchmesh.bench;

/** The config of an Envoy with one listener and one cluster. */
final class EnvoyConfig {
    private static final String TEXT =
            """
            {"static_resources": {
              "listeners": [{
                "name": "in",
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}},
                "filter_chains": [{"filters": [{
                  "name": "envoy.filters.network.http_connection_manager",
                  "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                    "stat_prefix": "in",
                    "generate_request_id": false,
                    "route_config": {"name": "r", "virtual_hosts": [{
                      "name": "all", "domains": ["*"],
                      "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "up"}}]}]},
                    "http_filters": [{
                      "name": "envoy.filters.http.router",
                      "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]
                  }}]}]}],
              "clusters": [{
                "name": "up", "type": "STATIC", "connect_timeout": "5s",
                "circuit_breakers": {"thresholds": [{"max_connections": 4096, "max_pending_requests": 4096, "max_requests": 4096}]},
                "load_assignment": {"cluster_name": "up", "endpoints": [{"lb_endpoints": [{
                  "endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}}}}]}]}}]}}
            """;

    private EnvoyConfig() {}

    static String of(int port, int to) {
        return TEXT.formatted(port, to);
    }
}
