package io.batchmesh.policy;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where and how often proxies tell what became of single requests: OpenTelemetry spans by
 * OTLP/HTTP, encoded as JSON.
 *
 * @param endpoint where spans are posted, such as {@code http://127.0.0.1:4318/v1/traces}; by
 *     {@code https://} the collector must show a certificate for its host
 * @param sampling the share of requests without a decision of their caller that is traced, in
 *     percent; a caller that sends {@code traceparent} has decided
 * @param authority a reference such as {@code file:ca.pem} to the certificates of the authorities
 *     that the collector's is checked against; null for those that Java trusts
 */
public record Tracing(String endpoint, double sampling, @Nullable String authority) {
    /** How a faulty authority is mended. */
    public static final String MEND =
            "write file: and a path, such as file:ca.pem, with an endpoint by https://";

    private static final String FILE = "file:";

    /** A collector that needs no authority of its own. */
    public Tracing(String endpoint, double sampling) {
        this(endpoint, sampling, null);
    }

    /** Why the endpoint cannot be used; empty when it can. */
    public String fault() {
        try {
            var uri = new URI(endpoint);
            if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
                return "only http:// and https:// are spoken to collectors";
            }
            boolean whole = uri.getHost() != null && uri.getUserInfo() == null;
            return whole && uri.getFragment() == null ? "" : "it names no host, or more than that";
        } catch (URISyntaxException e) {
            return "it is no address";
        }
    }

    /** Why the authority cannot be used; empty when it can, as far as can be seen from here. */
    public String authorityFault() {
        if (authority == null) {
            return "";
        }
        if (!secured()) {
            return "an authority says nothing about a collector that is called by http://";
        }
        boolean file = authority.startsWith(FILE) && authority.length() > FILE.length();
        return file && authority.indexOf('\0') < 0 ? "" : "this is no reference to a file";
    }

    /** Whether the collector is called by TLS. */
    public boolean secured() {
        return endpoint.startsWith("https:");
    }

    public static Tracing read(ObjectReader o) {
        return new Tracing(
                o.string("endpoint"),
                o.number("sampling", Range.of(0, 100), 100),
                o.optionalString("authority"));
    }

    public ObjectNode write() {
        return ObjectWriter.object(o ->
                o.put("endpoint", endpoint).put("sampling", sampling).put("authority", authority));
    }
}
