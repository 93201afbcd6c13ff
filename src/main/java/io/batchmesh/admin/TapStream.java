package io.batchmesh.admin;

import io.batchmesh.admin.tap.TapJson;
import io.batchmesh.admin.tap.TapLine;
import io.batchmesh.admin.tap.TapSession;
import io.batchmesh.json.JsonText;
import io.batchmesh.time.Clocks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a tap says, a JSON object a line. */
final class TapStream implements AdminLines {
    private static final Logger LOG = LoggerFactory.getLogger(TapStream.class);
    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TapSession session;
    private final Clocks clocks;
    private final Duration time;
    private final String who;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long startNanos;
    private long countedNanos;
    private boolean opened;
    private boolean ended;

    /**
     * A stream.
     *
     * @param time when it ends by itself
     * @param who opened it, for the log
     */
    TapStream(TapSession session, Clocks clocks, Duration time, String who) {
        this.session = session;
        this.clocks = clocks;
        this.time = time;
        this.who = who;
        this.startNanos = clocks.nanos();
        this.countedNanos = startNanos;
    }

    @Override
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        var out = new ByteArrayOutputStream();
        if (!opened) {
            opened = true;
            write(out, new TapLine.Opened(clocks.now().plus(time)));
        }
        session.drain(request -> write(out, new TapLine.Request(request)));
        long now = clocks.nanos();
        if (now - startNanos >= time.toNanos()) {
            ended = true;
            session.close();
            write(out, new TapLine.Ended("time", session.counts()));
        } else if (now - countedNanos >= COUNT_NANOS) {
            countedNanos = now;
            write(out, new TapLine.Counted(session.counts()));
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, TapLine line) {
        to.writeBytes(JsonText.compact(TapJson.write(line)).getBytes(StandardCharsets.UTF_8));
        to.write('\n');
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            session.close();
            var counts = session.counts();
            LOG.info(
                    "The tap of {} is closed after {} s: {} matched, {} over the rate, {} dropped",
                    who,
                    clocks.ticker().since(startNanos).toSeconds(),
                    counts.matched(),
                    counts.limited(),
                    counts.dropped());
        }
    }
}
