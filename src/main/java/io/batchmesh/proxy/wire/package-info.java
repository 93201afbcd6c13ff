/**
 * The batch on the wire: the pure codec, without sockets, of what two sidecars say to each other.
 *
 * <p>The body of {@code POST /batch} (content type {@value
 * io.batchmesh.proxy.wire.WireProtocol#CONTENT_TYPE}), its reply, and each direction of the
 * long-lived stream ({@code Upgrade: batchmesh-stream/1}, ALPN {@code batchmesh/1}) are all the
 * same: a sequence of <em>units</em>, each holding whole <em>frames</em>. In the notation of RFC
 * 9000, section 1.3, where {@code (i)} is the variable-length integer of RFC 9000, section 16, at
 * any of its lengths:
 *
 * <pre>{@code
 * Unit {
 *   Reserved (2) = 0,
 *   Reset (1),              // the running context starts afresh with this unit
 *   Running (1),            // the body continues a running context; only with codec 2
 *   Codec (4),              // 0 none, 1 gzip (RFC 1952), 2 zstd (RFC 8878), 3 below
 *   [Context Id (i)],       // 0..31, if Running
 *   [Raw Length (i)],       // bytes of the frames, 1.., if Codec is not 0
 *   Body Length (i),        // bytes that follow
 *   Body (..),
 * }
 *
 * Frame {
 *   Type (i),
 *   Item (i),
 *   Payload Length (i),
 *   Payload (..),
 * }
 * }</pre>
 *
 * <table>
 * <caption>The frames</caption>
 * <tr><th>type</th><th>item</th><th>payload</th></tr>
 * <tr><td>1 REQUEST</td><td>chosen by the caller, never used twice in a body or stream</td>
 *     <td>timeout in milliseconds (i), 0 = none; binary HTTP request (RFC 9292)</td></tr>
 * <tr><td>2 RESPONSE</td><td>of the request</td><td>nanoseconds for which the peer held the item
 *     (i), nanoseconds of these which the service took (i); binary HTTP response (RFC 9292)
 *     </td></tr>
 * <tr><td>3 CANCEL</td><td>of the request</td><td>empty</td></tr>
 * <tr><td>4 CREDIT</td><td>0, or the request whose answer it is for</td><td>further items (i) and
 *     further bytes (i) that the receiver of this frame may send; see below</td></tr>
 * <tr><td>5 PING</td><td>any number, sent back in the answer</td><td>one byte: 0 asks, 1 answers;
 *     either end may ask and is answered at once</td></tr>
 * <tr><td>6 GOAWAY</td><td>the last item that is or will be worked on; none after it was touched
 *     </td><td>empty</td></tr>
 * <tr><td>7 ERROR</td><td>of the request, which gets no RESPONSE</td><td>HTTP status 400..599
 *     (i); reason in UTF-8, at most 1024 bytes</td></tr>
 * <tr><td>8 KEEP</td><td>a slot, 0..4095</td><td>the credential fields of a caller, as a field
 *     section of known length (RFC 9292, section 3.6); they replace what the slot had</td></tr>
 * <tr><td>9 REQUEST_KEPT</td><td>as of REQUEST</td><td>timeout in milliseconds (i); slot (i);
 *     binary HTTP request without the credential fields, which are those of the slot</td></tr>
 * <tr><td>10 ANSWER_HEAD</td><td>of the request</td><td>as of RESPONSE, without content and
 *     trailers; ANSWER_PARTs and an ANSWER_END or ERROR follow</td></tr>
 * <tr><td>11 ANSWER_PART</td><td>of the request</td><td>the next bytes of the content</td></tr>
 * <tr><td>12 ANSWER_END</td><td>of the request</td><td>the two times as of RESPONSE, up to now;
 *     the trailers, as a field section of known length (RFC 9292, section 3.6)</td></tr>
 * </table>
 *
 * <p>CREDIT from the called end is for requests: items, and bytes of their frames. From the calling
 * end it is for answers in parts, and its items are 0: once, for item 0 and before the first
 * request, the content that each such answer may have under way; then, for the item of one, what it
 * may have in addition. Where the calling end grants none, as in {@code POST /batch}, no answer
 * comes in parts, and one that does not fit into a frame is an ERROR.
 *
 * <p>Where the stream was agreed upon by ALPN, nothing is asked by HTTP: the calling end begins
 * with a line of ASCII, {@code batchmesh-stream/1}, optionally a blank and the value that {@link
 * io.batchmesh.proxy.wire.PackingHeader} has otherwise, then CR LF; units follow at once. The
 * called end says nothing before its first unit, which grants credit.
 *
 * <p>KEEP and REQUEST_KEPT are for the calling end of a stream that packs: a credential, often most
 * of a request, goes out once per stream and caller. A slot is named by its whole value, as HPACK
 * (RFC 7541, section 7.1) does it, so what others send tells nothing of a part of it. A receiver
 * keeps at most {@value io.batchmesh.proxy.wire.WireProtocol#MAX_KEPT} slots and {@value
 * io.batchmesh.proxy.wire.WireProtocol#MAX_KEPT_BYTES} bytes per stream.
 *
 * <p>Codec 3 is zstd without its magic number and with a dictionary that is part of this protocol
 * ({@code HttpDictionary}; SHA-256 in its test): field names, usual values, the skeleton of frames.
 *
 * <p>Frames of other types are skipped by their length. A frame never straddles two units. Replies
 * come in the order in which they finish.
 *
 * <p>A compressed unit holds frames of one {@link io.batchmesh.proxy.wire.CallerIdentity} only,
 * since a shared context leaks through size (CRIME, BREACH). Without Running, its body is a
 * compressed stream of its own. With Running, it is the next flushed piece (RFC 8878; {@code
 * ZSTD_e_flush}) of the zstd stream of that context id, with a window of at most {@value
 * io.batchmesh.proxy.wire.WireProtocol#MAX_WINDOW_LOG} bits; an id whose context the sender gave up
 * comes back with Reset, so both sides hold at most {@value
 * io.batchmesh.proxy.wire.WireProtocol#MAX_CONTEXTS} contexts. A unit whose raw bytes exceed {@link
 * io.batchmesh.proxy.wire.WireLimits} in size or in ratio to its body is refused.
 */
@NullMarked
package io.batchmesh.proxy.wire;

import org.jspecify.annotations.NullMarked;
