package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.HttpClientCodec;

/** The codec of connections to upstreams. */
public final class ClientCodecs {
    private ClientCodecs() {}

    /** A codec as strict as that of the server. */
    public static HttpClientCodec codec() {
        return new HttpClientCodec(StrictRequestDecoder.config(), false, false);
    }
}
