package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireDirectionTest {
    private final VirtualLoop time = new VirtualLoop();
    private final EmbeddedChannel near = new EmbeddedChannel();
    private final EmbeddedChannel far = new EmbeddedChannel();

    @AfterEach
    void close() {
        near.finishAndReleaseAll();
        far.finishAndReleaseAll();
    }

    private WireDirection join(Wire wire) {
        var there = new WireDirection(wire, time.loop(), time.ticker());
        var back = new WireDirection(wire, time.loop(), time.ticker());
        join(near, far, there, back);
        return there;
    }

    private static void join(
            EmbeddedChannel near, EmbeddedChannel far, WireDirection there, WireDirection back) {
        var nearEnd = new WireEnd(near, there);
        var farEnd = new WireEnd(far, back);
        near.pipeline().addLast(nearEnd);
        far.pipeline().addLast(farEnd);
        WireEnd.join(nearEnd, farEnd);
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    private int arrived() {
        int sum = 0;
        for (ByteBuf each = far.readOutbound(); each != null; each = far.readOutbound()) {
            sum += each.readableBytes();
            each.release();
        }
        return sum;
    }

    @Test
    void aMessageIsThereAfterItsBitsAndTheDelayAndNotBefore() {
        join(new Wire(Duration.ofMillis(20), 8_000_000L));
        near.writeInbound(bytes(1000));
        time.advance(Duration.ofMillis(21).minusNanos(1));
        assertEquals(0, arrived());
        time.advance(Duration.ofNanos(2));
        assertEquals(1000, arrived());
    }

    @Test
    void aLongMessageComesPacketByPacketAtTheRateOfTheWire() {
        join(new Wire(Duration.ofMillis(5), 8_000_000L));
        near.writeInbound(bytes(50_000));
        time.advance(Duration.ofMillis(5));
        int sum = 0;
        for (int millis = 1; millis <= 50; millis++) {
            time.advance(Duration.ofMillis(1));
            sum += arrived();
            double behind = millis * 1000 - sum;
            assertTrue(behind >= 0 && behind < 2 * 1448, "after " + millis + " ms " + sum);
        }
        assertEquals(50_000, sum);
    }

    @Test
    void aWireThatIsFullStopsThoseWhoFeedItAndLosesNothing() {
        var wire = new Wire(Duration.ofMillis(10), 10_000_000L);
        var there = join(wire);
        int sent = 0;
        while (near.config().isAutoRead()) {
            near.writeInbound(bytes(8192));
            sent += 8192;
            assertTrue(sent < 1 << 20, "it takes more and more");
        }
        assertTrue(there.full());
        assertTrue(sent <= wire.queueBytes() + wire.inFlightBytes() + 8192, sent + " bytes");
        time.advance(Duration.ofMillis(100));
        assertTrue(near.config().isAutoRead(), "it reads again when there is room");
        time.advance(Duration.ofMillis(100));
        assertEquals(sent, arrived());
        assertEquals(0, there.heldBytes());
    }

    @Test
    void aConnectionThatJoinsWhileTheWireIsFullReadsWhenThereIsRoom() {
        var wire = new Wire(Duration.ofMillis(10), 10_000_000L);
        var there = join(wire);
        while (near.config().isAutoRead()) {
            near.writeInbound(bytes(8192));
        }
        var late = new EmbeddedChannel();
        var lateFar = new EmbeddedChannel();
        join(late, lateFar, there, new WireDirection(wire, time.loop(), time.ticker()));
        assertFalse(late.config().isAutoRead(), "it must not read into a full wire");
        time.advance(Duration.ofMillis(200));
        assertTrue(late.config().isAutoRead(), "nobody told it that there is room");
        late.finishAndReleaseAll();
        lateFar.finishAndReleaseAll();
    }

    @Test
    void theWireIsNeverIdleBetweenItsPauses() {
        join(new Wire(Duration.ofMillis(50), 10_000_000L));
        int sum = 0;
        for (int millis = 0; millis < 1050; millis++) {
            while (near.config().isAutoRead()) {
                near.writeInbound(bytes(1000));
            }
            time.advance(Duration.ofMillis(1));
            sum += arrived();
        }
        assertEquals(1_250_000, sum, 3000, "10 Mbit/s for one second");
    }

    @Test
    void theEndOfTheStreamTravelsAsLongAsBytesDo() {
        join(new Wire(Duration.ofMillis(20), null));
        near.writeInbound(bytes(10));
        var _ = near.close();
        time.advance(Duration.ofMillis(19));
        assertTrue(far.isOpen());
        time.advance(Duration.ofMillis(2));
        assertEquals(10, arrived());
        assertFalse(far.isOpen());
    }
}
