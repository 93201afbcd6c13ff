package io.batchmesh.admin;

import io.batchmesh.config.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. A page in a browser on this machine can reach a loopback address too, under a name
 * of its own that it lets point there (DNS rebinding): so the Host must be one of ours, and a
 * request that a browser sends for a page must come from a page of ours.
 */
final class Callers {
    private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

    private final Set<String> names;
    private final byte @Nullable [] token;
    private final boolean byCertificate;

    Callers(AdminSettings settings) {
        var lower = new TreeSet<String>();
        settings.hosts().forEach(h -> lower.add(h.toLowerCase(Locale.ROOT)));
        if (!WILDCARDS.contains(settings.bind().host())) {
            lower.add(settings.bind().host().toLowerCase(Locale.ROOT));
        }
        this.names = Set.copyOf(lower);
        this.byCertificate = settings.byCertificate();
        var secret = settings.token();
        this.token = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
    }

    /** What of a request's head decides; each list holds the values of a header. */
    record Head(
            List<String> host,
            List<String> origin,
            List<String> fetchSite,
            List<String> fetchMode,
            List<String> authorization) {}

    /**
     * The answer to a caller who is not let in; null when he is.
     *
     * @param peer who is at the other end
     */
    @Nullable AdminResponse refuse(Head head, AdminPeer peer) {
        if (head.host().size() != 1) {
            return Problem.of(400, "Bad request", "a request has exactly one Host");
        }
        var host = head.host().getFirst().toLowerCase(Locale.ROOT);
        if (!ours(host, peer.local())) {
            return Problem.of(
                    403,
                    "Unknown host",
                    "this endpoint is not called by this Host; use the address it is bound to");
        }
        if (!sameOrigin(head, host)) {
            return Problem.of(403, "Foreign origin", "pages of other origins may not call this");
        }
        boolean open = token == null && !byCertificate;
        boolean shown = byCertificate && peer.identity() != null && peer.weakness() == null;
        return open || shown || authorized(head.authorization()) ? null : unauthorized(peer);
    }

    private AdminResponse unauthorized(AdminPeer peer) {
        var bearer = "send Authorization: Bearer with the token";
        var certificate = "show a client certificate of the authority that this endpoint trusts";
        var wanted =
                token == null
                        ? certificate
                        : byCertificate ? bearer + ", or " + certificate : bearer;
        var weakness = peer.weakness();
        var detail = weakness == null ? wanted : weakness + "; " + wanted;
        return Problem.of(401, "Unauthorized", detail)
                // There is no scheme for certificates; a 401 must name one (RFC 9110, 15.5.2).
                .with("www-authenticate", "Bearer");
    }

    private boolean ours(String host, InetSocketAddress local) {
        var name = name(host);
        if (name == null) {
            return false;
        }
        return name.equals("localhost")
                || name.equals("::1")
                || LOOPBACK.matcher(name).matches()
                || names.contains(name)
                || name.equals(literal(local.getAddress()));
    }

    private static @Nullable String name(String host) {
        var full = HostPort.parse(host);
        if (full == null) {
            full = HostPort.parse(host + ":80");
        }
        return full == null ? null : full.host();
    }

    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private static boolean sameOrigin(Head head, String host) {
        boolean origin =
                head.origin().stream()
                        .map(o -> o.toLowerCase(Locale.ROOT))
                        .allMatch(o -> o.equals("http://" + host) || o.equals("https://" + host));
        boolean site =
                head.fetchSite().stream()
                        .allMatch(s -> s.equals("same-origin") || s.equals("none"));
        boolean mode =
                head.fetchMode().stream()
                        .noneMatch(m -> m.equals("no-cors") || m.equals("websocket"));
        return origin && site && mode;
    }

    private boolean authorized(List<String> given) {
        if (token == null) {
            return false;
        }
        if (given.size() != 1 || !given.getFirst().regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        var shown = given.getFirst().substring(7).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }
}
