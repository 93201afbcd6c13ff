package io.batchmesh.config;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port; the host may be a name, an IPv4 address, or an IPv6 address in brackets.
 *
 * @param host without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    /** Reads {@code host:port}; null when the text is none. */
    public static @Nullable HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1 || text.length() - colon > 6) {
            return null;
        }
        var host = text.substring(0, colon);
        boolean v6 = host.startsWith("[") && host.endsWith("]");
        if (v6) {
            host = host.substring(1, host.length() - 1);
        }
        boolean clean = host.chars().allMatch(c -> allowed(c) || (v6 && c == ':'));
        int port = port(text.substring(colon + 1));
        return clean && !host.isEmpty() && port >= 0 ? new HostPort(host, port) : null;
    }

    private static boolean allowed(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '.' || c == '-' || c == '_';
    }

    private static int port(String digits) {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= 65535 ? port : -1;
    }

    /** The address, resolved when it is a name. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
