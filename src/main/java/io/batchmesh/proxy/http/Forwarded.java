package io.batchmesh.proxy.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Forwarded} (RFC 7239). Each proxy of the mesh can vouch only for whom it saw itself, so:
 * what the own service says (it calls from this machine) is passed on, what anybody else says of
 * former hops to an outbound listener is taken out, and the called side adds its peer. The last
 * element is always true.
 */
public final class Forwarded {
    private static final AsciiString NAME = AsciiString.cached("forwarded");
    private static final List<AsciiString> LIKE_IT =
            List.of(
                    AsciiString.cached("x-forwarded-for"),
                    AsciiString.cached("x-forwarded-host"),
                    AsciiString.cached("x-forwarded-proto"),
                    AsciiString.cached("x-forwarded-port"),
                    AsciiString.cached("x-real-ip"));
    private static final AttributeKey<String> ELEMENT = AttributeKey.valueOf("forwarded-element");

    private Forwarded() {}

    /** A request comes to an outbound listener. */
    public static void outgoing(HttpHeaders headers, Channel caller) {
        if (isOwn(caller)) {
            sound(headers);
            return;
        }
        headers.remove(NAME);
        LIKE_IT.forEach(headers::remove);
        add(headers, caller);
    }

    /** A request of a peer comes to the service. */
    public static void incoming(HttpHeaders headers, Channel peer) {
        sound(headers);
        add(headers, peer);
    }

    private static boolean isOwn(Channel caller) {
        return !(caller.remoteAddress() instanceof InetSocketAddress address)
                || address.getAddress() == null
                || address.getAddress().isLoopbackAddress();
    }

    /** An element whose quotes are not closed would swallow those that follow. */
    private static void sound(HttpHeaders headers) {
        if (!headers.contains(NAME)) {
            return;
        }
        var values = headers.getAll(NAME);
        if (!values.stream().allMatch(Forwarded::isClosed)) {
            headers.remove(NAME);
        }
    }

    private static boolean isClosed(String value) {
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        return !quoted;
    }

    private static void add(HttpHeaders headers, Channel from) {
        var element = from.attr(ELEMENT).get();
        if (element == null) {
            element = element(from.remoteAddress() instanceof InetSocketAddress a ? a : null);
            from.attr(ELEMENT).set(element);
        }
        if (!element.isEmpty()) {
            headers.add(NAME, element);
        }
    }

    private static String element(@Nullable InetSocketAddress from) {
        var address = from == null ? null : from.getAddress();
        if (address == null) {
            return "";
        }
        var text = address.getHostAddress();
        int scope = text.indexOf('%');
        var bare = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "for=\"[" + bare + "]\"" : "for=" + bare;
    }
}
