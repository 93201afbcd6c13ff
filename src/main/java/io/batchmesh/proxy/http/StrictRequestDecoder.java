package io.batchmesh.proxy.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Decodes requests and refuses what could be read in two ways: both {@code Transfer-Encoding} and
 * {@code Content-Length} (RFC 9112, section 6.1), several lengths, bare line ends.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** Longest request line. */
    private static final int MAX_LINE = 8 << 10;

    /** Longest header section. */
    private static final int MAX_HEADERS = 64 << 10;

    private static final int MAX_CHUNK = 64 << 10;

    StrictRequestDecoder() {
        super(config());
    }

    /** The settings that both ends share. */
    static HttpDecoderConfig config() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory())
                .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory());
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
