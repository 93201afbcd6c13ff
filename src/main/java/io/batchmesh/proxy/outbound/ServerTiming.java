package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.meter.StageTimes;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * {@code Server-Timing} (W3C) with the five stages of one request, for whoever asks for it with
 * {@code Batchmesh-Timing: on}. It is written when the head of the reply goes out: what the body
 * takes after that is in the metrics only.
 */
final class ServerTiming {
    private static final AsciiString ASK = AsciiString.cached("batchmesh-timing");
    private static final AsciiString NAME = AsciiString.cached("server-timing");
    private static final double NANOS_PER_MILLI = 1e6;

    private ServerTiming() {}

    /** Whether a request asks for it; the question ends here. */
    static boolean asked(HttpHeaders headers) {
        var value = headers.get(ASK);
        if (value == null) {
            return false;
        }
        headers.remove(ASK);
        return value.equalsIgnoreCase("on");
    }

    /** Adds the stages to a reply; a field that the service wrote stays. */
    static void add(HttpHeaders reply, StageTimes times) {
        var text = new StringBuilder(96);
        stage(text, "collect", times.collect());
        stage(text, "combine", times.combine());
        stage(text, "cache", times.cache());
        stage(text, "compress", times.compress());
        stage(text, "send", times.send());
        reply.add(NAME, text.toString());
    }

    private static void stage(StringBuilder text, String name, long nanos) {
        text.append(text.isEmpty() ? "" : ", ")
                .append(name)
                .append(";dur=")
                .append(Math.round(nanos / NANOS_PER_MILLI * 1_000) / 1_000.0);
    }
}
