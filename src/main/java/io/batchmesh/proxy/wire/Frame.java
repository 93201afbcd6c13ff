package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a batch; the layout is in the package description.
 *
 * <p>{@link Request} and {@link Response} own one reference to their message: whoever gets a frame
 * from a decoder calls {@link #release} once, and keeps what it decoded from it (which holds a
 * reference of its own).
 */
public sealed interface Frame {
    /** Wire type of {@link Request}. */
    int REQUEST = 1;

    /** Wire type of {@link Response}. */
    int RESPONSE = 2;

    /** Wire type of {@link Cancel}. */
    int CANCEL = 3;

    /** Wire type of {@link Credit}. */
    int CREDIT = 4;

    /** Wire type of {@link Ping}. */
    int PING = 5;

    /** Wire type of {@link GoAway}. */
    int GOAWAY = 6;

    /** Wire type of {@link Failure}. */
    int ERROR = 7;

    /** Wire type of credentials to be kept, which the decoder deals with itself. */
    int KEEP = 8;

    /** Wire type of a {@link Request} whose credentials are kept. */
    int REQUEST_KEPT = 9;

    /** Gives back the frame's reference to its message; nothing for frames without one. */
    default void release() {}

    /**
     * A request.
     *
     * @param item its number, unique in the body or stream
     * @param timeoutMillis milliseconds that its caller still waits when it is sent; 0 = no
     *     deadline
     * @param message the binary HTTP request, for {@link BinaryHttp#decodeRequest}
     * @param kept its credentials when they are not in the message
     */
    record Request(long item, long timeoutMillis, ByteBuf message, @Nullable KeptCredentials kept)
            implements Frame {
        /** A request whose message is complete. */
        public Request(long item, long timeoutMillis, ByteBuf message) {
            this(item, timeoutMillis, message, null);
        }

        @Override
        public void release() {
            message.release();
        }
    }

    /**
     * The reply to a request.
     *
     * @param item the request's number
     * @param report the times that the peer measured
     * @param message the binary HTTP response, for {@link BinaryHttp#decodeResponse}
     */
    record Response(long item, PeerReport report, ByteBuf message) implements Frame {
        @Override
        public void release() {
            message.release();
        }
    }

    /**
     * The caller no longer waits for this item; a RESPONSE that already left is ignored.
     *
     * @param item the request's number
     */
    record Cancel(long item) implements Frame {}

    /**
     * Flow control: what the receiver of this frame may send in addition.
     *
     * @param items further requests
     * @param bytes further payload bytes
     */
    record Credit(long items, long bytes) implements Frame {}

    /**
     * Asks for, or is, a sign of life.
     *
     * @param token any number; the answer carries the same
     * @param answer whether this answers a ping
     */
    record Ping(long token, boolean answer) implements Frame {}

    /**
     * No new requests: those above {@code lastItem} were not touched and may go elsewhere.
     *
     * @param lastItem the highest item that is or will be worked on
     */
    record GoAway(long lastItem) implements Frame {}

    /**
     * The peer has no reply for this item.
     *
     * @param item the request's number
     * @param status the HTTP status that says best why, 400 to 599
     * @param reason for people; holds no secret
     */
    record Failure(long item, int status, String reason) implements Frame {
        /** Checks the status. */
        public Failure {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599, not " + status);
            }
        }
    }
}
