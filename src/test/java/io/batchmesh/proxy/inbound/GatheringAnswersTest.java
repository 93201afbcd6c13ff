package io.batchmesh.proxy.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.batchmesh.time.Clocks;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringAnswersTest {
    private static final long MS = 1_000_000;
    private static final Compression PACKED =
            new Compression(Codec.ZSTD, 3, Compression.Context.BATCH, 0);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> units = new ArrayList<>();
    private final RoundTrips trips = new RoundTrips();
    private long now = 1_000 * MS;
    private long spacing;
    private long items;

    private final ReplyPort port =
            new ReplyPort() {
                @Override
                public ByteBufAllocator alloc() {
                    return channel.alloc();
                }

                @Override
                public Channel channel() {
                    return channel;
                }

                @Override
                public void write(ByteBuf unit) {
                    unit.release();
                    units.add(now / MS);
                }

                @Override
                public void flush() {}

                @Override
                public long spacingNanos(long at) {
                    return spacing;
                }

                @Override
                public long backlog() {
                    return 0;
                }

                @Override
                public void settled() {}
            };

    private final BatchSession session =
            new BatchSession(
                    new Lane(
                            channel.eventLoop(),
                            new Clocks(() -> Instant.EPOCH, () -> now),
                            Transport.of(channel.eventLoop()),
                            new Bootstrap(),
                            new SplittableRandom(1)),
                    new InboundMeters(),
                    () -> null, // so that each is answered 404 at once
                    port,
                    new BatchSession.Peer(null, PACKED));

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        session.close();
        channel.finishAndReleaseAll();
    }

    private void pass(long millis) {
        for (int i = 0; i < millis; i++) {
            channel.runPendingTasks();
            now += MS;
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runPendingTasks();
        }
    }

    private void ask(long timeoutMillis) throws WireException {
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        request.headers().set("host", "back");
        var message = channel.alloc().buffer();
        BinaryHttp.encodeRequest(request, "http", WireLimits.DEFAULT, message);
        session.request(new Frame.Request(++items, timeoutMillis, message));
    }

    @Test
    void answersGoOutAtTheEndOfTheTurnWhereNothingWaitsOnTheWay() throws Exception {
        ask(0);
        pass(1);
        ask(0);
        ask(0);
        pass(1);
        assertEquals(List.of(1_000L, 1_001L), units);
    }

    @Test
    void theyGatherAfterAUnitForAsLongAsTheWaySays() throws Exception {
        spacing = 5 * MS;
        ask(0);
        pass(1);
        ask(0);
        pass(2);
        ask(0);
        pass(10);
        ask(0);
        pass(1);
        assertEquals(List.of(1_000L, 1_005L, 1_013L), units);
        assertEquals(0, session.open());
    }

    @Test
    void whoIsInAHurryOrManyOrLeavingDoesNotWait() throws Exception {
        spacing = 9 * MS;
        ask(0);
        pass(1);
        ask(0);
        ask(40);
        pass(1);
        assertEquals(List.of(1_000L, 1_001L), units);
        for (int i = 0; i < 128; i++) {
            ask(0);
        }
        pass(1);
        assertEquals(3, units.size());
        ask(0);
        pass(1);
        assertEquals(3, units.size());
        session.hurry();
        pass(1);
        ask(0);
        pass(1);
        assertEquals(List.of(1_000L, 1_001L, 1_002L, 1_004L, 1_005L), units);
    }

    @Test
    void roundTripsAreAskedForFourTimesASecondAtMostAndOneAtATime() {
        assertTrue(trips.due(now));
        long first = trips.begin(now);
        assertFalse(trips.due(now + 9_999 * MS));
        assertTrue(trips.due(now + 10_000 * MS), "it is lost");
        trips.answered(first + 1, now + 20 * MS);
        assertFalse(trips.due(now + 300 * MS), "no answer to it");
        trips.answered(first, now + 20 * MS);
        assertFalse(trips.due(now + 249 * MS));
        assertTrue(trips.due(now + 250 * MS));
        assertEquals(0, trips.spacingNanos(now + 250 * MS));
        long second = trips.begin(now + 250 * MS);
        trips.answered(second, now + 310 * MS);
        assertEquals(5 * MS, trips.spacingNanos(now + 310 * MS));
    }
}
