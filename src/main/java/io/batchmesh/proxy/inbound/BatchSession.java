package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.batch.Gathering;
import io.batchmesh.proxy.http.Forwarded;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Schedule;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.tls.PeerIdentity;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches of one peer apart, calls the service for each item, and sends each answer as soon
 * as it is there; those that come in one turn of the event loop go together. Where the way back
 * says so, answers gather for a moment longer.
 */
final class BatchSession {
    /** Answers beyond this wait for a peer that does not read: further ones are refused. */
    private static final long MAX_BACKLOG = 64L << 20;

    /** So many answers do not wait for more. */
    private static final int FULL = 128;

    /** An answer whose peer waits for less than this is not held up. */
    private static final long HASTE_NANOS = 8 * Gathering.MOST_NANOS;

    private final Lane lane;
    private final InboundMeters meters;
    private final Supplier<@Nullable Destination> destination;
    private final ReplyPort port;
    private final @Nullable PeerIdentity identity;
    private final UnitWriter writer;
    private final boolean packs;
    private final LongObjectMap<HeldItem> items = new LongObjectHashMap<>();
    private final List<Ready> ready = new ArrayList<>();
    private final BulkJoin bulk;
    private final AnswerStreams streams;
    private boolean soon;
    private Schedule.@Nullable Handle later;
    private boolean sentBefore;
    private long sentNanos;
    private boolean hurried;
    private boolean closed;
    private long lastNumber;
    private long received;
    private long heldBytes;

    private record Ready(
            HeldItem item, @Nullable FullHttpResponse reply, Frame.@Nullable Failure failure) {}

    /**
     * Whose batches they are.
     *
     * @param identity who it is; null when that is not known
     * @param packing how it wants answers packed
     */
    record Peer(@Nullable PeerIdentity identity, Compression packing) {}

    BatchSession(
            Lane lane,
            InboundMeters meters,
            Supplier<@Nullable Destination> destination,
            ReplyPort port,
            Peer peer) {
        this.lane = lane;
        this.meters = meters;
        this.destination = destination;
        this.port = port;
        this.identity = peer.identity();
        this.writer = new UnitWriter(peer.packing(), WireLimits.DEFAULT);
        this.packs = peer.packing().codec() != Codec.NONE;
        this.bulk = new BulkJoin(lane, meters);
        this.streams = new AnswerStreams(port, this::sendSoon);
    }

    /** Whether answers are packed. */
    boolean packs() {
        return packs;
    }

    /** The peer takes answers in parts, or more of one. */
    void credit(Frame.Credit more) {
        if (more.item() == 0) {
            streams.grant(more.bytes());
        } else {
            var item = items.get(more.item());
            if (item != null) {
                item.credit(more.bytes());
            }
        }
    }

    /** The answers that go in parts. */
    AnswerStreams streams() {
        return streams;
    }

    /** The last part of an answer goes out. */
    void streamed(HeldItem item, int code) {
        done(item, code);
    }

    private void done(HeldItem item, int code) {
        items.remove(item.number());
        heldBytes -= item.bytes();
        meters.answered(code, now() - item.arrivedNanos());
        item.tell(code);
    }

    private void sendSoon() {
        if (!soon) {
            soon = true;
            lane.schedule().soon(this::send);
        }
    }

    long now() {
        return lane.ticker().nanos();
    }

    /** Items without an answer, answers not sent included. */
    int open() {
        return items.size() + ready.size();
    }

    /** Requests that came so far. */
    long received() {
        return received;
    }

    /** About the bytes of the requests that have no answer yet. */
    long heldBytes() {
        return heldBytes;
    }

    /** The highest item that came. */
    long lastNumber() {
        return lastNumber;
    }

    /** Runs something later. */
    void after(long nanos, Runnable task) {
        lane.schedule().after(nanos, task);
    }

    void disarm(HeldItem item) {
        lane.deadlines().disarm(item);
    }

    /** Takes a request, owned by this. */
    void request(Frame.Request frame) throws WireException {
        try {
            var request = BinaryHttp.decodeRequest(frame.message(), WireLimits.DEFAULT).message();
            var caller = caller(frame, request);
            var item = new HeldItem(this, frame.item(), caller, request);
            lastNumber = Math.max(lastNumber, frame.item());
            if (items.containsKey(frame.item())) {
                request.release();
                throw new WireException(
                        WireException.Fault.MALFORMED, "item " + frame.item(), "used twice");
            }
            items.put(frame.item(), item);
            received++;
            heldBytes += item.bytes();
            if (frame.timeoutMillis() > 0) {
                long nanos =
                        TimeUnit.MILLISECONDS.toNanos(Math.min(frame.timeoutMillis(), 1L << 31));
                lane.deadlines().arm(item, item.arrivedNanos(), nanos);
                item.expires(item.arrivedNanos() + nanos);
            }
            dispatch(item, request);
        } finally {
            frame.release();
        }
    }

    private CallerIdentity caller(Frame.Request frame, FullHttpRequest request) {
        var kept = frame.kept();
        if (kept != null) {
            kept.addTo(request.headers());
            return kept.caller();
        }
        return packs ? CallerIdentity.of(request.headers()) : CallerIdentity.ANONYMOUS;
    }

    private void dispatch(HeldItem item, FullHttpRequest request) {
        var to = destination.get();
        var tracer = to == null ? null : to.tracer();
        Forwarded.incoming(request.headers(), port.channel());
        var span = tracer == null ? null : tracer.incoming(request, item.arrivedNanos());
        if (span != null) {
            item.span(span);
        }
        if (to == null) {
            item.refuse(404, "this proxy has no service of its own");
            return;
        }
        var obstacle = to.allow().obstacle(request, identity);
        if (obstacle != null) {
            item.refuse(403, obstacle);
        } else if (bulk.takes(to, request)) {
            bulk.add(item, Objects.requireNonNull(to.bulk()));
        } else {
            new SingleCall(item, to.service(), lane).start();
        }
    }

    /** What the peer sent in one piece has all been taken. */
    void batchEnded() {
        meters.batch();
        var to = destination.get();
        if (to != null) {
            bulk.flush(to.service());
        }
    }

    /** The peer does not wait for an item any more. */
    void cancel(long number) {
        var item = items.get(number);
        if (item != null) {
            item.cancel();
        }
    }

    void reply(HeldItem item, FullHttpResponse reply) {
        if (port.backlog() > MAX_BACKLOG) {
            reply.release();
            // Not 503, which says that the service has seen nothing of it.
            settle(item, null, new Frame.Failure(item.number(), 502, "replies pile up"));
        } else {
            settle(item, reply, null);
        }
    }

    void refuse(HeldItem item, int status, String reason) {
        settle(item, null, new Frame.Failure(item.number(), status, reason));
    }

    void cancelled(HeldItem item) {
        done(item, 499);
        port.settled();
    }

    private void settle(
            HeldItem item, @Nullable FullHttpResponse reply, Frame.@Nullable Failure failure) {
        int code = reply != null ? reply.status().code() : failure == null ? 0 : failure.status();
        done(item, code);
        if (closed) {
            if (reply != null) {
                reply.release();
            }
            return;
        }
        ready.add(new Ready(item, reply, failure));
        sendInTime(item);
    }

    private void sendInTime(HeldItem item) {
        if (soon) {
            return;
        }
        long now = now();
        long wait = sentBefore && !hurried ? sentNanos + port.spacingNanos(now) - now : 0;
        if (wait <= 0 || ready.size() >= FULL || !item.hasTime(now, HASTE_NANOS)) {
            sendSoon();
        } else if (later == null) {
            later = lane.schedule().after(wait, this::send);
        }
    }

    /** Nothing gathers from now on, and what has goes out. */
    void hurry() {
        hurried = true;
        if (!ready.isEmpty()) {
            sendSoon();
        }
    }

    private void send() {
        soon = false;
        if (later != null) {
            later.cancel();
            later = null;
        }
        if (closed || (ready.isEmpty() && streams.nothingDue())) {
            return;
        }
        try (var batch = writer.begin(port.alloc())) {
            for (var one : ready) {
                add(batch, one);
            }
            ready.clear();
            streams.addTo(batch, port.alloc());
            writer.write(batch, port.alloc(), port::write);
        }
        sentBefore = true;
        sentNanos = now();
        port.settled();
        port.flush();
    }

    private void add(io.batchmesh.proxy.wire.CombinedBatch batch, Ready one) {
        var item = one.item();
        try {
            if (one.reply() != null) {
                var report = new PeerReport(now() - item.arrivedNanos(), item.serviceNanos());
                batch.response(item.caller(), item.number(), report, one.reply());
            } else if (one.failure() != null) {
                batch.add(item.caller(), one.failure());
            }
        } catch (WireException e) {
            refuseInstead(batch, item, e);
        } finally {
            if (one.reply() != null) {
                one.reply().release();
            }
        }
    }

    private static void refuseInstead(
            io.batchmesh.proxy.wire.CombinedBatch batch, HeldItem item, WireException cause) {
        try {
            boolean tooLong = cause.fault() == WireException.Fault.TOO_LARGE;
            var reason = (tooLong ? "answer-too-long: " : "answer: ") + cause.what();
            batch.add(item.caller(), new Frame.Failure(item.number(), 502, reason));
        } catch (WireException e) {
            throw new IllegalStateException("a failure frame always fits", e);
        }
    }

    /** Sends a frame that belongs to no item. */
    void write(Frame frame) {
        if (closed) {
            return;
        }
        try (var batch = writer.begin(port.alloc())) {
            batch.add(CallerIdentity.ANONYMOUS, frame);
            writer.write(batch, port.alloc(), port::write);
        } catch (WireException e) {
            throw new IllegalStateException("a frame without payload always fits", e);
        }
        port.flush();
    }

    /** The peer is gone: nothing is worked on for it any more. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (later != null) {
            later.cancel();
            later = null;
        }
        List.copyOf(items.values()).forEach(HeldItem::cancel);
        ready.forEach(one -> {
            if (one.reply() != null) {
                one.reply().release();
            }
        });
        ready.clear();
        writer.close();
    }
}
