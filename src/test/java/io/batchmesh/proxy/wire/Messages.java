package io.batchmesh.proxy.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** HTTP messages to test with, and their text to compare them by. */
final class Messages {
    private static final List<String> NAMES =
            List.of("Accept", "User-Agent", "x-own", "X-Request-Id", "ETag", "set-cookie", "b3");

    private Messages() {}

    static FullHttpRequest request(String method, String uri, String content) {
        FullHttpRequest made =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(method),
                        uri,
                        Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
        made.headers().set("Host", "reviews");
        return made;
    }

    /** A request whose fields Netty does not check; alternately name and value. */
    static FullHttpRequest unchecked(String method, String content, String... fields) {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(method),
                "/",
                Unpooled.copiedBuffer(content, StandardCharsets.UTF_8),
                headers(fields),
                headers());
    }

    /** Fields that Netty does not check; alternately name and value. */
    static HttpHeaders headers(String... fields) {
        HttpHeaders made =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (int i = 0; i < fields.length; i += 2) {
            made.add(fields[i], fields[i + 1]);
        }
        return made;
    }

    static FullHttpResponse response(int status, String content) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
    }

    static FullHttpRequest randomRequest(SplittableRandom random) {
        String method = List.of("GET", "POST", "PUT", "PURGE").get(random.nextInt(4));
        FullHttpRequest made = request(method, "/" + word(random, 60), body(random));
        return decorate(made, random);
    }

    static FullHttpResponse randomResponse(SplittableRandom random) {
        return decorate(response(random.nextInt(200, 600), body(random)), random);
    }

    /** All that a batch carries of a message. */
    static String text(FullHttpMessage message) {
        StringBuilder text = new StringBuilder();
        switch (message) {
            case FullHttpRequest r -> text.append(r.method()).append(' ').append(r.uri());
            case FullHttpResponse r -> text.append(r.status().code());
            default -> throw new AssertionError(message);
        }
        fields(text, message.headers());
        text.append("\n\n").append(message.content().toString(StandardCharsets.ISO_8859_1));
        fields(text, message.trailingHeaders());
        return text.toString();
    }

    private static void fields(StringBuilder text, HttpHeaders headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach(field -> {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("content-length")) {
                lines.add(name + ": " + field.getValue());
            }
        });
        lines.sort(null);
        lines.forEach(line -> text.append('\n').append(line));
    }

    private static <M extends FullHttpMessage> M decorate(M made, SplittableRandom random) {
        for (int n = random.nextInt(8); n > 0; n--) {
            made.headers().add(NAMES.get(random.nextInt(NAMES.size())), word(random, 300));
        }
        if (random.nextInt(20) == 0) {
            made.trailingHeaders().add("X-Checksum", word(random, 10));
        }
        return made;
    }

    private static String body(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "";
            case 3 -> word(random, 40_000);
            default -> "{\"id\":" + random.nextLong() + ",\"text\":\"" + word(random, 200) + "\"}";
        };
    }

    private static String word(SplittableRandom random, int most) {
        int length = random.nextInt(1, most);
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) random.nextInt('a', 'q');
        }
        return new String(chars);
    }
}
