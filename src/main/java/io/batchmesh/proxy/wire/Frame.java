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

    /** Wire type of {@link AnswerHead}. */
    int ANSWER_HEAD = 10;

    /** Wire type of {@link AnswerPart}. */
    int ANSWER_PART = 11;

    /** Wire type of {@link AnswerEnd}. */
    int ANSWER_END = 12;

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
     * The head of a reply that comes in parts, because it is long or takes its time: {@link
     * AnswerPart}s follow, and an {@link AnswerEnd} or a {@link Failure}. Only sent to a peer that
     * has granted {@link Credit} for answers, and never more content than it granted.
     *
     * @param item the request's number
     * @param report the times that the peer measured up to the head
     * @param message a binary HTTP response without content, for {@link BinaryHttp#decodeResponse}
     */
    record AnswerHead(long item, PeerReport report, ByteBuf message) implements Frame {
        @Override
        public void release() {
            message.release();
        }
    }

    /**
     * The next bytes of such a reply.
     *
     * @param item the request's number
     * @param content as it is
     */
    record AnswerPart(long item, ByteBuf content) implements Frame {
        @Override
        public void release() {
            content.release();
        }
    }

    /**
     * The end of such a reply.
     *
     * @param item the request's number
     * @param report the times that the peer measured up to the end
     * @param trailers a section of fields, for {@link BinaryHttp#decodeTrailers}
     */
    record AnswerEnd(long item, PeerReport report, ByteBuf trailers) implements Frame {
        @Override
        public void release() {
            trailers.release();
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
     * <p>The called side grants requests, all under item 0. The calling side grants the content of
     * answers that come in parts: under item 0, once, before its first request, what each of them
     * may have; under an item's number, what that one may have in addition. Where it grants none,
     * no answer comes in parts.
     *
     * @param item 0, or the number of the request whose answer it is for
     * @param items further requests
     * @param bytes further bytes: of frames from the calling side, of content from the called one
     */
    record Credit(long item, long items, long bytes) implements Frame {
        /** Credit that is for no item of its own. */
        public Credit(long items, long bytes) {
            this(0, items, bytes);
        }
    }

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
