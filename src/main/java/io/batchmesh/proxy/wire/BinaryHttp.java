package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Binary HTTP messages, RFC 9292. Written with known lengths, empty content and trailers left out
 * (section 3.8); read with known and indeterminate lengths, truncated and padded.
 *
 * <p>Where the RFC leaves a choice: connection-specific fields (RFC 9110, section 7.6.1) are left
 * out when writing and refused when reading, but for {@code te: trailers}; pseudo-fields and
 * CONNECT are refused; informational responses are read over. A request has one authority: in its
 * control data or in one {@code host} field, and if in both, the same. {@code content-length} must
 * tell the truth, except in a response without content, which may answer HEAD.
 *
 * <p>No method takes ownership of its arguments.
 */
public final class BinaryHttp {
    /**
     * A decoded request.
     *
     * @param scheme {@code http} or {@code https}, in lower case
     * @param message origin-form target ({@code /path?query} or {@code *}), HTTP/1.1, exactly one
     *     {@code host} field. If there is content and there are no trailers, there is a {@code
     *     content-length}. The content shares memory with the bytes it was decoded from; release
     *     the message when done
     */
    public record Request(String scheme, FullHttpRequest message) {}

    private BinaryHttp() {}

    /**
     * Appends a request. An absolute-form target becomes scheme, authority and path, and then
     * stands for {@code host} (RFC 9112, section 3.2.2).
     *
     * @param scheme {@code http} or {@code https}, used unless the target has its own
     * @throws WireException if the message cannot be carried; then {@code out} may have part of it
     */
    public static void encodeRequest(
            FullHttpRequest message, String scheme, WireLimits limits, ByteBuf out)
            throws WireException {
        new BinaryHttpWriter(limits, out).request(message, scheme);
    }

    /**
     * Appends a response. Its reason phrase is not carried.
     *
     * @throws WireException if the message cannot be carried; then {@code out} may have part of it
     */
    public static void encodeResponse(FullHttpResponse message, WireLimits limits, ByteBuf out)
            throws WireException {
        new BinaryHttpWriter(limits, out).response(message);
    }

    /**
     * Appends a section of trailers, with its length (RFC 9292, section 3.6).
     *
     * @throws WireException if it cannot be carried
     */
    public static void encodeTrailers(HttpHeaders trailers, WireLimits limits, ByteBuf out)
            throws WireException {
        var fields = FieldWriter.local();
        fields.collect(trailers, FieldSection.TRAILERS, 0, limits);
        fields.writeTo(out);
    }

    /**
     * Reads a section of trailers from all readable bytes.
     *
     * @throws WireException if it is invalid
     */
    public static HttpHeaders decodeTrailers(ByteBuf section, WireLimits limits)
            throws WireException {
        return BinaryHttpReader.trailers(section, limits);
    }

    /**
     * Reads a request from all readable bytes.
     *
     * @throws WireException if the message is invalid; nothing is retained then
     */
    public static Request decodeRequest(ByteBuf message, WireLimits limits) throws WireException {
        return new BinaryHttpReader(message, limits).request();
    }

    /**
     * Reads a response from all readable bytes, as HTTP/1.1. If it has content and no trailers, it
     * gets a {@code content-length}. The content shares memory with {@code message}; release the
     * response when done.
     *
     * @throws WireException if the message is invalid; nothing is retained then
     */
    public static FullHttpResponse decodeResponse(ByteBuf message, WireLimits limits)
            throws WireException {
        return new BinaryHttpReader(message, limits).response();
    }
}
