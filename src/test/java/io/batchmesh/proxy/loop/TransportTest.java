package io.batchmesh.proxy.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.junit.jupiter.api.Test;

class TransportTest {
    @Test
    void aSocketThatWasResetIsABrokenConnectionHoweverTheSystemNamesIt() {
        assertTrue(Transport.isBreak(new IOException("Connection reset by peer")));
        assertTrue(Transport.isBreak(new NotYetConnectedException()));
        assertFalse(Transport.isBreak(new IllegalStateException("a fault of ours")));
    }
}
