package io.batchmesh.proxy.http;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.proxy.tls.ClientTls;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an upstream is called.
 *
 * @param address resolved
 * @param protocol what is spoken
 * @param tls how connections are secured; null for clear text
 */
public record Dial(SocketAddress address, HttpProtocol protocol, @Nullable ClientTls tls) {
    /** HTTP/1.1 in clear text. */
    public static Dial plain(SocketAddress address) {
        return new Dial(address, HttpProtocol.HTTP1, null);
    }
}
