package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.PackingHeader;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the line by which a stream begins where it was agreed upon by ALPN. */
final class StreamGreeting extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(StreamGreeting.class);
    private static final int MAX_LINE = 160;
    private static final long WITHIN_SECONDS = 10;

    private final Function<Compression, ChannelHandler> stream;

    /**
     * For one connection.
     *
     * @param stream what takes all that follows, by how answers are to be packed
     */
    StreamGreeting(Function<Compression, ChannelHandler> stream) {
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (channel.pipeline().get(StreamGreeting.class) != null) {
                                channel.close();
                            }
                        },
                        WITHIN_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) {
        int feed = bytes.bytesBefore((byte) '\n');
        if (feed < 0 && bytes.readableBytes() < MAX_LINE) {
            return;
        }
        var line = feed < 0 || feed > MAX_LINE ? "" : text(bytes.readSlice(feed + 1));
        var token = WireProtocol.UPGRADE_TOKEN;
        if (!line.equals(token) && !line.startsWith(token + " ")) {
            LOG.warn("stream from {}: it does not begin as one", ctx.channel().remoteAddress());
            bytes.skipBytes(bytes.readableBytes());
            ctx.close();
            return;
        }
        var packing = PackingHeader.parse(line.substring(token.length()).strip());
        ctx.pipeline().addLast(stream.apply(packing));
        // What came behind the line is passed on when this goes.
        ctx.pipeline().remove(this);
    }

    private static String text(ByteBuf line) {
        var text = line.toString(StandardCharsets.US_ASCII);
        return text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : "";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!Transport.isBreak(cause)) {
            LOG.debug("a stream broke before it began: {}", cause.toString());
        }
        ctx.close();
    }
}
