package io.batchmesh.mesh;

import io.batchmesh.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a wire that several connections share: what enters is held and comes out when
 * the {@link WireClock} says so, in pieces of a packet's size. Nothing is dropped; when it holds as
 * much as it may, those who feed it stop reading. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class WireDirection {
    /** The payload of a TCP segment on Ethernet with time stamps. */
    private static final int PACKET = 1448;

    /** Least time between two deliveries of a busy wire: packets that come closer go together. */
    private static final long COALESCE = TimeUnit.MICROSECONDS.toNanos(200);

    private final EventLoop loop;
    private final Ticker ticker;
    private final WireClock clock;
    private final long pauseAt;
    private final long resumeAt;
    private final ArrayDeque<Load> held = new ArrayDeque<>();
    private final Set<WireEnd> fed = new LinkedHashSet<>();
    private final AtomicLong carried = new AtomicLong();
    private long heldBytes;
    private boolean paused;
    private boolean scheduled;
    private boolean closed;

    WireDirection(Wire wire, EventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
        this.clock = new WireClock(wire);
        this.pauseAt = wire.queueBytes() + wire.inFlightBytes();
        this.resumeAt = pauseAt - wire.queueBytes() / 2;
    }

    /** Something under way: bytes, or without any the end of the stream. */
    private static final class Load {
        final WireEnd to;
        final @Nullable ByteBuf bytes;
        final long start;
        int sent;

        Load(WireEnd to, @Nullable ByteBuf bytes, long start) {
            this.to = to;
            this.bytes = bytes;
            this.start = start;
        }

        int remaining() {
            return bytes == null ? 0 : bytes.readableBytes();
        }
    }

    /**
     * Says who will send over it, so that it is told when the wire has room again: an end that
     * joins while the wire is full has sent nothing yet, and would wait for ever.
     */
    void join(WireEnd from) {
        fed.add(from);
    }

    /** Whether no more should be read into it for now. */
    boolean full() {
        return paused;
    }

    /** Bytes that have entered so far; from any thread. */
    long carriedBytes() {
        return carried.getOpaque();
    }

    long heldBytes() {
        return heldBytes;
    }

    /**
     * Sends bytes; takes over the buffer. They are written to {@code to} when they arrive.
     *
     * @param from who reads them, and stops while the wire is full
     */
    void send(ByteBuf bytes, WireEnd from, WireEnd to) {
        if (closed) {
            bytes.release();
            return;
        }
        fed.add(from);
        int count = bytes.readableBytes();
        held.add(new Load(to, bytes, clock.enter(ticker.nanos(), count)));
        heldBytes += count;
        carried.setOpaque(carried.getPlain() + count);
        if (!paused && heldBytes >= pauseAt) {
            paused = true;
            fed.forEach(WireEnd::updateReading);
        }
        schedule(ticker.nanos());
    }

    /** Sends the end of the stream, which takes no time of its own on the wire. */
    void sendEnd(WireEnd from, WireEnd to) {
        fed.remove(from);
        if (!closed) {
            held.add(new Load(to, null, clock.enter(ticker.nanos(), 0)));
            schedule(ticker.nanos());
        }
    }

    /** Drops what is held. */
    void close() {
        closed = true;
        for (var load : held) {
            if (load.bytes != null) {
                load.bytes.release();
            }
        }
        held.clear();
        heldBytes = 0;
    }

    private void schedule(long notBefore) {
        var head = held.peek();
        if (scheduled || head == null) {
            return;
        }
        scheduled = true;
        long due = arrivalOfPacket(head);
        long now = ticker.nanos();
        long wait = Math.max(0, Math.max(due - now, notBefore - now));
        loop.schedule(this::wake, wait, TimeUnit.NANOSECONDS);
    }

    private long arrivalOfPacket(Load load) {
        return clock.arrival(load.start, load.sent + Math.min(PACKET, load.remaining()));
    }

    private void wake() {
        scheduled = false;
        long now = ticker.nanos();
        var touched = new LinkedHashSet<WireEnd>();
        for (var head = held.peek(); head != null && deliver(head, now, touched); ) {
            held.remove();
            head = held.peek();
        }
        touched.forEach(WireEnd::flush);
        if (paused && heldBytes <= resumeAt) {
            paused = false;
            fed.forEach(WireEnd::updateReading);
        }
        schedule(touched.isEmpty() ? now : now + COALESCE);
    }

    /** Delivers what has arrived of a load; returns whether that was all of it. */
    private boolean deliver(Load load, long now, Set<WireEnd> touched) {
        if (load.bytes == null) {
            if (now - clock.arrival(load.start, 0) < 0) {
                return false;
            }
            load.to.end();
            return true;
        }
        int remaining = load.remaining();
        int here = clock.arrived(load.start, load.sent + remaining, now) - load.sent;
        if (here < remaining) {
            here -= here % PACKET;
        }
        if (here <= 0) {
            return false;
        }
        heldBytes -= here;
        touched.add(load.to);
        if (here == remaining) {
            load.to.write(load.bytes);
            return true;
        }
        load.sent += here;
        load.to.write(load.bytes.readRetainedSlice(here));
        return false;
    }
}
