package io.batchmesh.admin;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Below TLS: closes a connection in two steps. A caller whose certificate is refused has often sent
 * his request already; were the connection closed at once it would be reset, and he would never
 * read the alert that says why (RFC 9112, section 9.6, has the same about answers).
 */
final class LateClose extends ChannelDuplexHandler {
    private static final long LINGER_MILLIS = 500;

    private boolean closing;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!(context.channel() instanceof DuplexChannel channel) || !channel.isActive()) {
            context.close(promise);
            return;
        }
        if (!closing) {
            closing = true;
            var _ = channel.shutdownOutput();
            var _ =
                    context.executor()
                            .schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
        channel.closeFuture().addListener(done -> promise.trySuccess());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
