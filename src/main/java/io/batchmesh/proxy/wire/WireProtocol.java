package io.batchmesh.proxy.wire;

/** The names and fixed numbers of the batch on the wire. */
public final class WireProtocol {
    /** The only content type that {@code POST /batch} is intercepted for, and that of its reply. */
    public static final String CONTENT_TYPE = "application/vnd.batchmesh.batch";

    /** The path of a single batch. */
    public static final String BATCH_PATH = "/batch";

    /** The token in {@code Upgrade} for the long-lived stream. */
    public static final String UPGRADE_TOKEN = "batchmesh-stream/1";

    /** The ALPN protocol name (RFC 7301) of the long-lived stream. */
    public static final String ALPN = "batchmesh/1";

    /** Running compression contexts per stream and direction. */
    public static final int MAX_CONTEXTS = 32;

    /** Base-2 logarithm of the largest zstd window of a running context, in bytes. */
    public static final int MAX_WINDOW_LOG = 18;

    /** The longest reason of an ERROR frame, in bytes of UTF-8. */
    public static final int MAX_REASON_BYTES = 1024;

    /** Slots for credentials that the receiver of requests keeps, per stream. */
    public static final int MAX_KEPT = 4096;

    /** The longest credentials of one slot, in bytes. */
    public static final int MAX_KEPT_SIZE = 16 << 10;

    /** What all slots of a stream may hold together, in bytes. */
    public static final long MAX_KEPT_BYTES = 4 << 20;

    private WireProtocol() {}
}
