package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.batch.BatchItem;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.PeerReport;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes to a peer in a batch. It hears exactly one of {@link #reply}, {@link
 * #refused}, {@link #failed} and {@link #unsuitable}, unless it was withdrawn.
 */
public abstract class StreamItem extends BatchItem {
    /** Its number on the stream that carries it. */
    long number;

    /** When the first byte of its frame went out. */
    long sentNanos;

    /** The stream that carries it; null before it went out and after it ended. */
    @Nullable StreamConnection carrier;

    /** The request, to be copied and released by the callee. */
    protected abstract FullHttpRequest message();

    /** Whose it is; asked only when something is going to be compressed. */
    protected abstract CallerIdentity caller();

    /** Its frame goes out. */
    protected abstract void sent(FrameTimes times);

    /** The answer, owned by the callee. */
    protected abstract void reply(FullHttpResponse reply, PeerReport report);

    /** The peer has no answer. */
    protected abstract void refused(int status, String reason);

    /** It came to nothing. */
    protected abstract void failed(CallFailure failure);

    /** It cannot be carried in a batch and was not sent. */
    protected abstract void unsuitable(String why);
}
