package io.batchmesh.proxy.upstream;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.proxy.batch.Gathering;
import io.batchmesh.proxy.batch.Outlet;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.Dial;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.tls.ClientTls;
import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.UnitSizes;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a peer that takes batches: one long-lived stream, opened when it is first wanted. A
 * peer that refuses the upgrade gets one {@code POST /batch} a batch. Confined to the event loop.
 */
public final class PeerStream implements Outlet<StreamItem> {
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Items by which the queueing on the way is smoothed. */
    private static final int OBSERVED = 64;

    /** Told what happens to the stream. */
    public interface Listener {
        /** The transport takes items again. */
        void transportFree();

        /** Whether items wait for the transport. */
        boolean waiting();

        /** No stream can be had: what waits has to be given up. */
        void unreachable(CallFailure failure);
    }

    private enum State {
        CLOSED,
        OPENING,
        OPEN,
        POSTING
    }

    private final Lane lane;
    private final Dial dial;
    private final CallPool pool;
    private final LinkMeters meters;
    private final Listener listener;
    private final Set<StreamConnection> connections = new HashSet<>();
    private final AutoCodec auto;
    private final Gathering gathering = new Gathering(OBSERVED);
    private io.batchmesh.policy.@Nullable Compression wanted;
    private Compression compression = Compression.OFF;
    private State state = State.CLOSED;
    private @Nullable StreamConnection current;
    private boolean finishing;
    private long refusedUntil;

    /** A stream that is opened when it is first wanted. */
    public PeerStream(Lane lane, Dial dial, CallPool pool, LinkMeters meters, Listener listener) {
        this.lane = lane;
        this.dial = dial;
        this.pool = pool;
        this.meters = meters;
        this.listener = listener;
        this.auto = new AutoCodec(lane.busy()::nanos);
    }

    Lane lane() {
        return lane;
    }

    SocketAddress address() {
        return dial.address();
    }

    /** How the peer's end is secured; null for clear text. */
    @Nullable ClientTls tls() {
        return dial.tls();
    }

    LinkMeters meters() {
        return meters;
    }

    /** Takes the settings of a new config. */
    public void configure(io.batchmesh.policy.@Nullable Compression settings) {
        wanted = settings;
        repack();
    }

    /** A batch went out; with the codec auto, what is measured decides how the next ones go. */
    void sent(UnitSizes sizes) {
        meters.wire().sent(sizes.rawBytes(), sizes.wireBytes());
        long now = lane.ticker().nanos();
        if (auto.sent(sizes, now) && Packing.isAuto(wanted)) {
            // Not in the middle of sending.
            lane.schedule().soon(this::repack);
        }
    }

    /** An item was answered: how long it and its answer were on the wire together. */
    void answered(long wireNanos, long now) {
        auto.answered(wireNanos, now);
        gathering.observe(wireNanos, now);
    }

    /** Answers came: bytes of their frames, and what they were on the wire. */
    void received(long rawBytes, long wireBytes) {
        meters.wire().received(rawBytes, wireBytes);
        auto.received(rawBytes, wireBytes);
    }

    /** The socket has not taken everything yet, or has again. */
    void busy(boolean yes) {
        if (yes) {
            auto.busy(lane.ticker().nanos());
        } else {
            auto.free(lane.ticker().nanos());
        }
    }

    /**
     * Packs as is wanted now, both ways. Since the peer is told when a stream is opened, a change
     * takes another stream; the old one ends when all it carries is answered.
     */
    private void repack() {
        var next = Packing.of(wanted, auto.on());
        if (next.equals(compression)) {
            return;
        }
        compression = next;
        renew();
    }

    /** Takes another stream; the old one ends when all it carries is answered. */
    void renew() {
        var old = current;
        if (old != null) {
            leaving(old);
            old.finish();
        }
    }

    Compression compression() {
        return compression;
    }

    /** Whether units are packed. */
    public boolean packs() {
        return compression.codec() != Codec.NONE;
    }

    /** Whether a stream is open. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Requests that went out by streams and have no answer yet. */
    public int inFlight() {
        return connections.stream().mapToInt(StreamConnection::inFlight).sum();
    }

    @Override
    public int room() {
        return switch (state) {
            case OPEN -> current == null ? 0 : current.room();
            case POSTING -> Integer.MAX_VALUE;
            case CLOSED, OPENING -> 0;
        };
    }

    /** Packed units that are larger shrink better, so they gather where the link is full. */
    @Override
    public long spacingNanos() {
        return packs() ? gathering.spacingNanos(lane.ticker().nanos()) : 0;
    }

    @Override
    public void wanted() {
        if (state == State.POSTING && lane.ticker().nanos() - refusedUntil >= 0) {
            state = State.CLOSED;
        }
        if (state == State.CLOSED) {
            state = State.OPENING;
            StreamUpgrade.open(this);
        }
    }

    @Override
    public void send(List<StreamItem> items, FlushReason reason) {
        meters.batch(reason, items.size());
        if (state == State.POSTING) {
            new BatchPost(this, pool).send(items, reason);
        } else if (current != null) {
            current.send(items, reason);
        } else {
            throw new IllegalStateException("there was no room");
        }
    }

    /** The peer has agreed; it grants credit next. */
    void opened(StreamConnection connection) {
        state = State.OPEN;
        current = connection;
        connections.add(connection);
        finishIfDone();
    }

    /** While it finishes, streams are for what waits, and for nothing else. */
    private void finishIfDone() {
        if (finishing && !listener.waiting()) {
            Set.copyOf(connections).forEach(StreamConnection::finish);
        }
    }

    /** The peer speaks HTTP but knows no stream. */
    void refused() {
        if (state == State.OPENING) {
            state = State.POSTING;
            refusedUntil = lane.ticker().nanos() + REFUSED_NANOS;
            listener.transportFree();
        }
    }

    /** No stream could be opened. */
    void unreachable(String detail) {
        if (state == State.OPENING) {
            state = State.CLOSED;
            listener.unreachable(new CallFailure(CallFailure.Kind.CONNECT, detail, false));
        }
    }

    /** The peer takes nothing new by this connection; the next batch opens another. */
    void leaving(StreamConnection connection) {
        if (current == connection) {
            current = null;
            state = State.CLOSED;
            // Whoever waits is the reason to open another.
            listener.transportFree();
        }
    }

    /** A connection is gone. */
    void closed(StreamConnection connection) {
        connections.remove(connection);
        if (current == connection && !connection.granted()) {
            // Another would come to the same, again and again.
            current = null;
            state = State.CLOSED;
            listener.unreachable(
                    new CallFailure(
                            CallFailure.Kind.CONNECT,
                            address() + " closed the stream before it took anything",
                            false));
        } else {
            leaving(connection);
        }
    }

    void free(StreamConnection connection) {
        if (current == connection) {
            listener.transportFree();
        }
    }

    /** The caller of an item that went out does not wait any more. */
    public void cancel(StreamItem item) {
        if (item.carrier != null) {
            item.carrier.cancel(item);
        }
    }

    /** Closes as soon as nothing waits and all that went out is answered. */
    public void finish() {
        finishing = true;
        finishIfDone();
    }

    /** Closes at once; what is in flight fails. */
    public void abort() {
        Set.copyOf(connections).forEach(StreamConnection::abort);
    }
}
