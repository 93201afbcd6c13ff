package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes requests and refuses what could be read in two ways: both {@code Transfer-Encoding} and
 * {@code Content-Length} (RFC 9112, section 6.1), several lengths, bare line ends, folded lines
 * (section 5.2), a version in small letters.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** Longest request line. */
    private static final int MAX_LINE = 8 << 10;

    /** Longest header section. */
    private static final int MAX_HEADERS = 64 << 10;

    private static final int MAX_CHUNK = 64 << 10;

    private boolean inBody;
    private boolean lineEnded;
    private boolean folded;

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
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
            throws Exception {
        int begin = buffer.readerIndex();
        int size = out.size();
        super.decode(ctx, buffer, out);
        if (!inBody) {
            scan(buffer, begin);
        }
        for (int i = size; i < out.size(); i++) {
            note(out.get(i));
        }
    }

    private void note(Object message) {
        if (message instanceof HttpRequest head) {
            inBody = true;
            if (folded) {
                head.setDecoderResult(
                        DecoderResult.failure(new IllegalArgumentException("a folded line")));
            }
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            lineEnded = false;
            folded = false;
        }
    }

    /** Looks for lines of the head that begin with a blank. */
    private void scan(ByteBuf buffer, int begin) {
        int end = buffer.readerIndex();
        int at = begin;
        while (at < end) {
            if (lineEnded) {
                byte first = buffer.getByte(at);
                folded |= first == ' ' || first == '\t';
                lineEnded = false;
            }
            int feed = buffer.indexOf(at, end, (byte) '\n');
            if (feed < 0) {
                return;
            }
            lineEnded = true;
            at = feed + 1;
        }
    }

    /** The name of the protocol is case-sensitive (RFC 9112, section 2.3). */
    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        if (length > 0 && line[start] != 'H') {
            throw new IllegalArgumentException("the version is malformed");
        }
        return super.splitThirdWordInitialLine(line, start, length);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
