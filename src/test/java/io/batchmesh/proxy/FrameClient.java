package io.batchmesh.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A client that sends exactly the HTTP/2 frames it is told, however wrong. */
final class FrameClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** A frame (RFC 9113, section 4.1). */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** The last four bytes of a reset, or the error of a GOAWAY. */
        int error() {
            int at = type == GOAWAY ? 4 : 0;
            return number(at);
        }

        /** The last stream that a GOAWAY says. */
        int lastStream() {
            return number(0) & 0x7fff_ffff;
        }

        private int number(int at) {
            return (payload[at] & 0xff) << 24
                    | (payload[at + 1] & 0xff) << 16
                    | (payload[at + 2] & 0xff) << 8
                    | payload[at + 3] & 0xff;
        }

        boolean ends() {
            return (flags & END_STREAM) != 0;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    FrameClient(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(address, 5_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        var all = new ByteArrayOutputStream();
        var frame = new DataOutputStream(all);
        frame.writeByte(payload.length >> 16);
        frame.writeShort(payload.length & 0xffff);
        frame.writeByte(type);
        frame.writeByte(flags);
        frame.writeInt(stream);
        frame.write(payload);
        out.write(all.toByteArray());
    }

    /** A request that is over with its head; name and value in turn. */
    void get(int stream, String... fields) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, fields(fields));
    }

    /** A sound GET. */
    void sound(int stream, String path) throws IOException {
        get(stream, ":method", "GET", ":scheme", "http", ":path", path, ":authority", "back");
    }

    /** Literal fields that are never indexed (RFC 7541, section 6.2.3). */
    static byte[] fields(String... fields) {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            all.write(0x10);
            text(fields[i], all);
            text(fields[i + 1], all);
        }
        return all.toByteArray();
    }

    private static void text(String text, ByteArrayOutputStream to) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            to.write(bytes.length);
        } else {
            to.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                to.write(rest & 0x7f | 0x80);
                rest >>= 7;
            }
            to.write(rest);
        }
        to.writeBytes(bytes);
    }

    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fff_ffff;
        var payload = new byte[length];
        in.readFully(payload);
        if (type == PING && (flags & 1) == 0) {
            send(PING, 1, 0, payload);
        }
        return new Frame(type, flags, stream, payload);
    }

    /** Reads until a frame is found. */
    Frame await(Predicate<Frame> wanted) throws IOException {
        for (var frame = read(); ; frame = read()) {
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    /** How a stream ends: a reset, or the last frame of an answer. */
    Frame end(int stream) throws IOException {
        return await(f -> f.stream() == stream && (f.type() == RESET || f.ends()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
