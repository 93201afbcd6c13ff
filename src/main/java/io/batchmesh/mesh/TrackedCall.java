package io.batchmesh.mesh;

import io.batchmesh.mesh.CallFigures.Count;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call whose answer is checked and counted. Confined to its event loop. */
final class TrackedCall implements Call {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedCall.class);

    private final RequestMaker.Made made;
    private final CallStats stats;
    private final long due;
    private final Consumer<Boolean> whenEnded;
    private long written;

    /**
     * @param due when it was to be made, in nanoseconds of the pool's ticker
     * @param whenEnded told once whether it ended well: with the right answer and no error
     */
    TrackedCall(RequestMaker.Made made, CallStats stats, long due, Consumer<Boolean> whenEnded) {
        this.made = made;
        this.stats = stats;
        this.due = due;
        this.whenEnded = whenEnded;
    }

    @Override
    public FullHttpRequest request() {
        return made.request();
    }

    /** Sends it, or counts it as missed and says false when the pool has no room. */
    boolean send(CallPool pool) {
        boolean sent = pool.send(this);
        stats.add(sent ? Count.SENT : Count.MISSED);
        if (!sent) {
            made.request().release();
        }
        return sent;
    }

    @Override
    public void written(long nanos) {
        written = nanos;
    }

    @Override
    public void answered(Answer answer, long nanos) {
        var verdict = Answers.verdict(made, answer);
        stats.answered(verdict, due, written, nanos);
        if (verdict == Answers.Verdict.WRONG && stats.count(Count.WRONG) == 1) {
            LOG.warn("{} {} got the answer of another: {}", made.nonce(), made.path(), answer);
        }
        whenEnded.accept(verdict == Answers.Verdict.OWN || verdict == Answers.Verdict.SHARED);
    }

    @Override
    public void failed(String reason) {
        LOG.debug("{} {} failed: {}", made.request().method(), made.path(), reason);
        stats.add(Count.FAILED);
        whenEnded.accept(false);
    }
}
