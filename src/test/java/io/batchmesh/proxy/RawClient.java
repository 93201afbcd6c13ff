package io.batchmesh.proxy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly the bytes it is told, and reads replies one by one. */
final class RawClient implements AutoCloseable {
    /** A reply; header names in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final InputStream in;

    RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(address, 5_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Reply ask(String text) throws IOException {
        send(text);
        return read(false);
    }

    /** The head of a reply, whose chunks are read one by one. */
    Reply head() throws IOException {
        return read(true);
    }

    /** The next chunk of a reply; empty where it ends. */
    String chunk() throws IOException {
        int size = size();
        var text = text(in.readNBytes(size));
        var line = line();
        while (size == 0 && !line.isEmpty()) {
            line = line();
        }
        return text;
    }

    Reply read(boolean head) throws IOException {
        var status = line();
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        boolean none = head || code < 200 || code == 204 || code == 304;
        return new Reply(code, headers, none ? "" : body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        var length = headers.get("content-length");
        if (length != null) {
            return text(in.readNBytes(Integer.parseInt(length)));
        }
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return text(in.readAllBytes());
        }
        var all = new StringBuilder();
        for (int size = size(); size > 0; size = size()) {
            all.append(text(in.readNBytes(size)));
            line();
        }
        line();
        return all.toString();
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("after '" + text + "'");
            }
            text.append((char) c);
        }
        int end = text.length() - 1;
        return end >= 0 && text.charAt(end) == '\r' ? text.substring(0, end) : text.toString();
    }

    /** Whether, within ten seconds, nobody takes further connections there. */
    boolean refusedAnew(InetSocketAddress address) {
        return Loops.soon(() -> {
            try (var another = new Socket()) {
                another.connect(address, 1_000);
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    /** Whether the other side has closed. */
    boolean closed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
