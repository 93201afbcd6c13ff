package io.batchmesh.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.batchmesh.proxy.wire.PackingHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Any bytes at all as requests: nothing is thrown, the split into reads does not matter, and a head
 * that is taken, written out again, is read as the same head and nothing more.
 */
class RequestHeadJazzerTest {
    @FuzzTest(maxDuration = "5m")
    void whatIsTakenIsUnderstoodInOneWayOnly(byte[] bytes) {
        var whole = heads(bytes, bytes.length);
        assertEquals(whole, heads(bytes, 1), "read byte by byte");
        assertEquals(whole, heads(bytes, 7), "read in sevens");
    }

    private static List<String> heads(byte[] bytes, int each) {
        var channel = new EmbeddedChannel(new StrictRequestDecoder());
        var found = new ArrayList<String>();
        for (int at = 0; at < bytes.length; at += each) {
            channel.writeInbound(
                    Unpooled.copiedBuffer(bytes, at, Math.min(each, bytes.length - at)));
        }
        boolean broken = false;
        for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
            // Behind what is broken nothing is believed.
            if (!broken && read instanceof HttpRequest head) {
                broken = take(head, found);
            }
            broken |= ((HttpObject) read).decoderResult().isFailure();
            ReferenceCountUtil.release(read);
        }
        channel.finishAndReleaseAll();
        return found;
    }

    private static boolean take(HttpRequest head, List<String> found) {
        var refusal = RequestChecks.check(head);
        if (refusal != null) {
            assertTrue(refusal.status().code() >= 400, refusal.reason());
            return true;
        }
        PackingHeader.read(head.headers());
        HopByHop.strip(head);
        assertFalse(head.headers().contains(HttpHeaderNames.CONNECTION));
        assertFalse(head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING));
        var written = written(head);
        found.add(written);
        assertSame(head, written);
        return false;
    }

    private static String written(HttpRequest head) {
        var channel = new EmbeddedChannel(new HttpRequestEncoder());
        channel.writeOutbound(head);
        ByteBuf bytes = channel.readOutbound();
        assertNotNull(bytes);
        var text = bytes.toString(StandardCharsets.ISO_8859_1);
        bytes.release();
        channel.finishAndReleaseAll();
        return text;
    }

    private static void assertSame(HttpRequest head, String written) {
        var channel = new EmbeddedChannel(new StrictRequestDecoder());
        channel.writeInbound(Unpooled.copiedBuffer(written, StandardCharsets.ISO_8859_1));
        Object again = channel.readInbound();
        if (again instanceof HttpRequest read) {
            assertTrue(read.decoderResult().isSuccess(), () -> "not taken again: " + written);
            assertEquals(head.method(), read.method());
            assertEquals(head.uri(), read.uri());
            assertEquals(head.headers().entries().toString(), read.headers().entries().toString());
            ReferenceCountUtil.release(again);
        } else {
            throw new AssertionError("no request: " + written);
        }
        channel.finishAndReleaseAll();
    }
}
