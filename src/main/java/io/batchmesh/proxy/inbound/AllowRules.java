package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Allow;
import io.batchmesh.proxy.tls.PeerIdentity;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what. Where callers show certificates, a rule is for the one whom it names. Where
 * they do not, nobody's identity is known, so only methods and paths are held to: a request passes
 * when some rule allows them to somebody.
 */
final class AllowRules {
    private final List<Allow> rules;
    private final boolean identities;

    /**
     * Rules of one config.
     *
     * @param identities whether each caller must show who it is
     */
    AllowRules(List<Allow> rules, boolean identities) {
        this.rules = rules;
        this.identities = identities;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Why a request must not pass; null when it may.
     *
     * @param peer who calls; null when that is not known
     */
    @Nullable String obstacle(HttpRequest request, @Nullable PeerIdentity peer) {
        if (rules.isEmpty()) {
            return null;
        }
        if (identities && peer == null) {
            return "the caller has not shown who it is";
        }
        var uri = request.uri();
        int query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        for (var rule : rules) {
            boolean meant = !identities || (peer != null && peer.is(rule.identity()));
            if (meant && permits(rule, request.method().name(), path)) {
                return null;
            }
        }
        return "no rule allows this request" + (peer == null ? "" : " to " + peer.describe());
    }

    private static boolean permits(Allow rule, String method, String path) {
        if (!rule.methods().isEmpty() && !rule.methods().contains(method)) {
            return false;
        }
        if (rule.paths().isEmpty()) {
            return true;
        }
        for (var pattern : rule.paths()) {
            boolean open = pattern.endsWith("*");
            boolean hit =
                    open
                            ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                            : path.equals(pattern);
            if (hit) {
                return true;
            }
        }
        return false;
    }
}
