package io.batchmesh.admin;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** HTTP as bytes, so that a test can send what no client would. */
final class Raw {
    private static final int PATIENCE_MILLIS = 10_000;

    private Raw() {}

    /** What came back; status 0 when the connection was closed without an answer. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, Map<String, String> headers, byte[] body, String all) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            if (JsonDocument.parse(body) instanceof Parsed.Ok ok) {
                return ok.document().root();
            }
            throw new AssertionError("no JSON: " + text());
        }

        @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    /** Sends bytes as they are and reads until the other side closes. */
    static Reply send(URI to, String bytes) throws IOException {
        try (var socket = new Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        }
    }

    /** A call that asks for the connection to be closed; {@code headers} are whole lines. */
    static Reply call(URI to, String method, String target, String headers, String body)
            throws IOException {
        var host = headers.contains("Host:") ? "" : "Host: " + to.getAuthority() + "\r\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        var size = body.isEmpty() ? "" : "Content-Length: " + length + "\r\n";
        var text = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return send(
                to,
                "%s %s HTTP/1.1\r\n%s%s%sConnection: close\r\n\r\n%s"
                        .formatted(method, target, host, headers, size, text));
    }

    static Reply get(URI to, String target) throws IOException {
        return call(to, "GET", target, "", "");
    }

    static Reply read(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        in.transferTo(all);
        var bytes = all.toByteArray();
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, Map.of(), bytes, text);
        }
        var lines = text.substring(0, end).split("\r\n", -1);
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        return new Reply(status, headers, Arrays.copyOfRange(bytes, end + 4, bytes.length), text);
    }
}
