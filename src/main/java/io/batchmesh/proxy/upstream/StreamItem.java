package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.batch.BatchItem;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes to a peer in a batch. It hears exactly one of {@link #reply}, {@link #ended},
 * {@link #refused}, {@link #failed} and {@link #unsuitable}, unless it was withdrawn.
 */
public abstract class StreamItem extends BatchItem {
    /** Content of an answer in parts that may come before more is granted. */
    static final int WINDOW = 256 << 10;

    /** Its number on the stream that carries it. */
    long number;

    /** When the first byte of its frame went out. */
    long sentNanos;

    /** Content of its answer that came, and what of it the peer may send again. */
    private long came;

    private long granted;
    private boolean inParts;

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

    /** The head of an answer that comes in parts. */
    protected abstract void begun(HttpResponse head);

    /** A part of its content, owned by the callee, which says when it is {@link #consumed}. */
    protected abstract void content(ByteBuf part);

    /** The end of such an answer. */
    protected abstract void ended(HttpHeaders trailers, PeerReport report);

    /** Whether its answer comes in parts, and the head was there. */
    final boolean inParts() {
        return inParts;
    }

    /** The head of an answer in parts came. */
    final void headCame() throws WireException {
        if (inParts) {
            throw wrong("a second head");
        }
        inParts = true;
    }

    /** So much of its content came, or its end. */
    final void partCame(int bytes) throws WireException {
        came += bytes;
        if (!inParts) {
            throw wrong("a part before the head");
        } else if (came > granted + WINDOW) {
            throw wrong("more content than was granted");
        }
    }

    private WireException wrong(String what) {
        return new WireException(WireException.Fault.MALFORMED, "item " + number, what);
    }

    /** All that came has been taken, so that as much may come again. */
    protected final void consumed() {
        if (came - granted >= WINDOW / 2 && carrier != null) {
            long more = came - granted;
            granted = came;
            carrier.grant(this, more);
        }
    }

    /** The peer has no answer, or no more of it. */
    protected abstract void refused(int status, String reason);

    /** It came to nothing. */
    protected abstract void failed(CallFailure failure);

    /** It cannot be carried in a batch and was not sent. */
    protected abstract void unsuitable(String why);
}
