package io.batchmesh.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** What is done with the requests of a listener. Called on the connection's event loop. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Takes a request whose head is complete and sound. It may be answered at once.
     *
     * @return what gets its body and what happens to it
     */
    Intake accept(Incoming request);

    /**
     * Takes a connection on which the stream of batches was agreed upon (ALPN).
     *
     * @return the handler of all its bytes
     */
    default ChannelHandler stream(Channel connection) {
        throw new IllegalStateException("no streams are taken here");
    }
}
