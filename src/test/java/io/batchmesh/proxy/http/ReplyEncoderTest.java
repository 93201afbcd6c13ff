package io.batchmesh.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyEncoderTest {
    private final ReplyEncoder encoder = new ReplyEncoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(encoder);

    private void reply(String body) {
        var content = Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII);
        var reply =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content);
        reply.headers().setInt("content-length", body.length());
        assertTrue(channel.writeOutbound(reply));
    }

    private String next() {
        ByteBuf buffer = channel.readOutbound();
        var text = buffer.toString(StandardCharsets.US_ASCII);
        buffer.release();
        return text;
    }

    @Test
    void aShortReplyIsOneBuffer() {
        for (int i = 0; i < 100; i++) {
            var body = "x".repeat(i * 20);
            reply(body);
            var text = next();
            assertTrue(text.startsWith("HTTP/1.1 200 OK\r\n"), text);
            assertTrue(text.endsWith("\r\n\r\n" + body), text);
            assertNull(channel.readOutbound());
        }
    }

    @Test
    void aLongBodyIsNotCopied() {
        reply("x".repeat(3_000));
        assertTrue(next().endsWith("\r\n\r\n"));
        assertEquals(3_000, next().length());
    }

    @Test
    void theReplyToHeadHasNoBody() {
        encoder.answersHead(true);
        reply("x".repeat(300));
        assertTrue(next().endsWith("content-length: 300\r\n\r\n"));
        assertNull(channel.readOutbound());
    }
}
