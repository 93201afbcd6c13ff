package io.batchmesh.admin;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Reads requests and refuses what two readers could read in two ways (request smuggling): a body
 * with two lengths, several Content-Length, bare line feeds.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int MOST_LINE = 8 << 10;
    private static final int MOST_HEADERS = 32 << 10;

    StrictRequestDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(MOST_LINE)
                        .setMaxHeaderSize(MOST_HEADERS)
                        .setAllowDuplicateContentLengths(false)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true));
    }

    /** RFC 9112, section 6.1: such a message ought to be handled as an error. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
