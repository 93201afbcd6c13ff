package io.batchmesh.proxy.loop;

import io.batchmesh.time.Clocks;
import io.batchmesh.time.Ticker;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * The one event loop on which a sidecar does everything, so that nothing in it needs a lock, a
 * batch queue sees all requests to its endpoint, and no request changes threads.
 */
public final class Lane {
    private static final long AWAIT_SECONDS = 10;

    private final EventLoop loop;
    private final Clocks clocks;
    private final Transport transport;
    private final Bootstrap client;
    private final BusyMeter busy;
    private final ChannelHandler busyHandler;
    private final Schedule schedule;
    private final Deadlines deadlines;
    private final RandomGenerator random;
    private final ByteBufAllocator alloc;

    /** Takes the next loop of the group. */
    public Lane(EventLoopGroup loops, Clocks clocks) {
        this(loops, loops.next(), clocks, new SplittableRandom());
    }

    private Lane(EventLoopGroup loops, EventLoop loop, Clocks clocks, RandomGenerator random) {
        this(loop, clocks, Transport.of(loops), Transport.of(loops).client(loop), random);
    }

    /**
     * A lane of which everything is given.
     *
     * @param client connects to upstreams; its allocator is the one for what goes to them
     */
    public Lane(
            EventLoop loop,
            Clocks clocks,
            Transport transport,
            Bootstrap client,
            RandomGenerator random) {
        this.loop = loop;
        this.clocks = clocks;
        var ticker = clocks.ticker();
        this.transport = transport;
        this.client = client;
        this.busy = new BusyMeter(ticker);
        this.busyHandler = new BusyHandler(busy);
        this.schedule = new LoopSchedule(loop, busy);
        this.deadlines = new Deadlines(schedule, ticker);
        this.random = random;
        this.alloc =
                client.config().options().get(ChannelOption.ALLOCATOR)
                                instanceof ByteBufAllocator own
                        ? own
                        : ByteBufAllocator.DEFAULT;
    }

    public EventLoop loop() {
        return loop;
    }

    public Ticker ticker() {
        return clocks.ticker();
    }

    /** The ticker, and the time of day for what is said in dates. */
    public Clocks clocks() {
        return clocks;
    }

    public Transport transport() {
        return transport;
    }

    /** The bootstrap of connections to upstreams; clone it before changing it. */
    public Bootstrap client() {
        return client;
    }

    public Schedule schedule() {
        return schedule;
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    /** How long this lane's sidecar kept the loop busy. */
    public BusyMeter busy() {
        return busy;
    }

    /** To be the first handler of each connection. */
    public ChannelHandler busyHandler() {
        return busyHandler;
    }

    /** Makes the buffers that belong to no connection yet. */
    public ByteBufAllocator alloc() {
        return alloc;
    }

    public RandomGenerator random() {
        return random;
    }

    /**
     * Runs a task on the loop and waits until it is done; not to be called on the loop itself.
     *
     * @throws IllegalStateException when the task fails, the loop does not come to it within ten
     *     seconds, or the thread is interrupted meanwhile
     */
    public void await(Runnable task) {
        try {
            loop.submit(task).get(AWAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the event loop was busy", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the event loop failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the event loop did not answer in time", e);
        }
    }
}
