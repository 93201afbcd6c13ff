package io.batchmesh.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests and refuses what could be read in two ways: both {@code Transfer-Encoding} and
 * {@code Content-Length} (RFC 9112, section 6.1), several lengths, bare line ends, folded lines
 * (section 5.2) in head and trailers, a request line not parted by single spaces, a version in
 * small letters.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** Longest request line. */
    private static final int MAX_LINE = 8 << 10;

    /** Longest header section. */
    private static final int MAX_HEADERS = 64 << 10;

    private static final int MAX_CHUNK = 64 << 10;

    private static final DecoderResult FOLDED =
            DecoderResult.failure(new IllegalArgumentException("a line begins with a blank"));

    private @Nullable ByteBuf current;
    private boolean fresh = true;
    private boolean lineEnded;
    private boolean blank;
    private int wordEnd;

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
        if (fresh) {
            begin(buffer);
        }
        if (lineEnded) {
            afterLine(buffer);
        }
        current = buffer;
        int size = out.size();
        super.decode(ctx, buffer, out);
        for (int i = size; i < out.size(); i++) {
            note(out.get(i));
        }
    }

    /** Only empty lines may come before a request (RFC 9112, section 2.2). */
    private void begin(ByteBuf buffer) {
        int at = buffer.readerIndex();
        while (at < buffer.writerIndex() && isLineEnd(buffer.getByte(at))) {
            at++;
        }
        if (at < buffer.writerIndex()) {
            fresh = false;
            blank = buffer.getByte(at) <= ' ';
        }
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    /** A line of head or trailers has been read: the next must not go on with it. */
    private void afterLine(ByteBuf buffer) {
        lineEnded = !buffer.isReadable();
        if (!lineEnded) {
            byte next = buffer.getByte(buffer.readerIndex());
            blank |= next == ' ' || next == '\t';
        }
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (current != null) {
            afterLine(current);
        }
        return super.splitHeaderName(line, start, length);
    }

    private void note(Object message) {
        // The empty end of a request is one object for all; its head has said what is wrong.
        boolean own = message != LastHttpContent.EMPTY_LAST_CONTENT;
        if (blank
                && own
                && (message instanceof HttpRequest || message instanceof LastHttpContent)) {
            ((HttpObject) message).setDecoderResult(FOLDED);
        }
        if (message instanceof LastHttpContent) {
            fresh = true;
            lineEnded = false;
            blank = false;
        }
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        wordEnd = start + length;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    /** One space between the parts of a request line, no more and no other (RFC 9112, 3). */
    private void word(byte[] line, int start, int length) {
        if (length > 0 && (start != wordEnd + 1 || line[wordEnd] != ' ')) {
            throw new IllegalArgumentException("the request line is malformed");
        }
        wordEnd = start + length;
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        word(line, start, length);
        return super.splitSecondWordInitialLine(line, start, length);
    }

    /** The name of the protocol is case-sensitive (RFC 9112, section 2.3). */
    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        word(line, start, length);
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
