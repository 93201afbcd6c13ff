package io.batchmesh.policy;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where and how often proxies tell what became of single requests: OpenTelemetry spans by
 * OTLP/HTTP, encoded as JSON.
 *
 * @param endpoint where spans are posted, such as {@code http://127.0.0.1:4318/v1/traces}
 * @param sampling the share of requests without a decision of their caller that is traced, in
 *     percent; a caller that sends {@code traceparent} has decided
 */
public record Tracing(String endpoint, double sampling) {
    /** Why the endpoint cannot be used; empty when it can. */
    public String fault() {
        try {
            var uri = new URI(endpoint);
            if (!"http".equals(uri.getScheme())) {
                return "only http:// is spoken to collectors; run one beside the proxy";
            }
            boolean whole = uri.getHost() != null && uri.getUserInfo() == null;
            return whole && uri.getFragment() == null ? "" : "it names no host, or more than that";
        } catch (URISyntaxException e) {
            return "it is no address";
        }
    }

    public static Tracing read(ObjectReader o) {
        return new Tracing(o.string("endpoint"), o.number("sampling", Range.of(0, 100), 100));
    }

    public ObjectNode write() {
        return ObjectWriter.object(o -> o.put("endpoint", endpoint).put("sampling", sampling));
    }
}
