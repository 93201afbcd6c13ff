package io.batchmesh.proxy.http;

import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * HTTP/2 as a sidecar speaks it, with bounds for what a peer may make it do: streams at a time,
 * header lists, resets (CVE-2023-44487, and CVE-2025-8671 the other way), small CONTINUATION
 * frames, empty DATA frames, and control frames that wait for a peer that does not read.
 */
final class Http2Limits {
    /** Streams that a caller may have open at a time. */
    static final int MAX_STREAMS = 256;

    /** The longest header section, the same as for HTTP/1.1. */
    static final int MAX_HEADERS = 64 << 10;

    /** What may be on the way by one stream, and by all of a connection. */
    static final int STREAM_WINDOW = 256 << 10;

    static final int CONNECTION_WINDOW = 1 << 20;

    /** What a connection has before it is given more (RFC 9113, section 6.9.2). */
    static final int FIRST_WINDOW = 65_535;

    /** PING, SETTINGS and PRIORITY frames that a peer may send between two sweeps. */
    static final int MAX_CONTROL = 1_000;

    private static final int RESETS = 200;
    private static final int RESET_SECONDS = 30;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int EMPTY_DATA = 8;
    private static final int QUEUED_CONTROL = 2_000;

    private Http2Limits() {}

    static Http2FrameCodec server() {
        return bounded(Http2FrameCodecBuilder.forServer())
                .encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS)
                .initialSettings(
                        Http2Settings.defaultSettings()
                                .maxConcurrentStreams(MAX_STREAMS)
                                .maxHeaderListSize(MAX_HEADERS)
                                .initialWindowSize(STREAM_WINDOW))
                .build();
    }

    static Http2FrameCodec client() {
        return bounded(Http2FrameCodecBuilder.forClient())
                .initialSettings(
                        Http2Settings.defaultSettings()
                                .pushEnabled(false)
                                .maxHeaderListSize(MAX_HEADERS)
                                .initialWindowSize(STREAM_WINDOW))
                .build();
    }

    private static Http2FrameCodecBuilder bounded(Http2FrameCodecBuilder builder) {
        return builder.validateHeaders(true)
                .validateRequiredPseudoHeaders(true)
                .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA)
                .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
                .encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL)
                // GOAWAY is sent when there is a reason; closing is closing.
                .decoupleCloseAndGoAway(true);
    }
}
