package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Allow;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;

/**
 * Who may call what. Without mutual TLS nobody's identity is known, so only methods and paths are
 * held to: a request passes when some rule allows them to somebody.
 */
final class AllowRules {
    private final List<Allow> rules;

    AllowRules(List<Allow> rules) {
        this.rules = rules;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    boolean permits(HttpRequest request) {
        if (rules.isEmpty()) {
            return true;
        }
        var uri = request.uri();
        int query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        for (var rule : rules) {
            if (permits(rule, request.method().name(), path)) {
                return true;
            }
        }
        return false;
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
