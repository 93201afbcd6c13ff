package io.batchmesh.proxy.tls;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is, by the alternative names of a certificate that was checked: the service is a DNS
 * name without a wildcard, or stands in a SPIFFE ID of the form {@code
 * spiffe://domain/service/NAME} or {@code spiffe://domain/ns/NAMESPACE/sa/NAME}. The common name
 * says nothing (RFC 9525, section 2).
 *
 * @param services names of services, in lower case
 * @param uris whole SPIFFE IDs
 */
public record PeerIdentity(Set<String> services, Set<String> uris) {
    private static final AttributeKey<PeerIdentity> KEY = AttributeKey.valueOf("batchmesh.peer");
    private static final Pattern SPIFFE =
            Pattern.compile("spiffe://[^/]+/(?:service|ns/[^/]+/sa)/([^/]+)");
    private static final int DNS = 2;
    private static final int URI = 6;

    public PeerIdentity {
        services = Set.copyOf(services);
        uris = Set.copyOf(uris);
    }

    /** What a certificate says. */
    public static PeerIdentity of(X509Certificate certificate) {
        var services = new TreeSet<String>();
        var uris = new TreeSet<String>();
        for (var name : names(certificate)) {
            if (name.size() >= 2 && name.get(0) instanceof Integer kind) {
                add(kind, String.valueOf(name.get(1)), services, uris);
            }
        }
        return new PeerIdentity(services, uris);
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static void add(int kind, String name, Set<String> services, Set<String> uris) {
        if (kind == DNS && !name.contains("*")) {
            services.add(name.toLowerCase(Locale.ROOT));
        } else if (kind == URI && name.startsWith("spiffe://")) {
            uris.add(name);
            var service = SPIFFE.matcher(name);
            if (service.matches()) {
                services.add(service.group(1).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Whether it is the one called so: a service, or a whole SPIFFE ID. */
    public boolean is(String expected) {
        return expected.contains("://")
                ? uris.contains(expected)
                : services.contains(expected.toLowerCase(Locale.ROOT));
    }

    /** For people, such as {@code reviews, spiffe://mesh/service/reviews}. */
    public String describe() {
        var all = new TreeSet<>(services);
        all.addAll(uris);
        return all.isEmpty() ? "nobody" : String.join(", ", all);
    }

    /** Notes who is at the other end of a connection. */
    void noteOn(Channel connection) {
        connection.attr(KEY).set(this);
    }

    /** Who is at the other end of a connection, or of that of a stream; null when not known. */
    public static @Nullable PeerIdentity at(Channel channel) {
        var own = channel.attr(KEY).get();
        var parent = channel.parent();
        return own != null || parent == null ? own : parent.attr(KEY).get();
    }
}
