package io.batchmesh.proxy;

import io.batchmesh.proxy.wire.BinaryHttp;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.Compression;
import io.batchmesh.proxy.wire.Frame;
import io.batchmesh.proxy.wire.PeerReport;
import io.batchmesh.proxy.wire.UnitReader;
import io.batchmesh.proxy.wire.UnitWriter;
import io.batchmesh.proxy.wire.WireException;
import io.batchmesh.proxy.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A peer that agrees to the stream and then does what a test tells it, however wrong. */
final class ScriptedPeer implements AutoCloseable {
    /** What it does with one request. */
    @FunctionalInterface
    interface Script {
        void request(Connection to, long item, String method, String path)
                throws IOException, WireException;
    }

    private final ServerSocket server;
    private final Script script;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();

    ScriptedPeer(Script script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** How often a target was seen. */
    Map<String, Integer> executions() {
        return executions;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                threads.submit(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var connection = new Connection(socket)) {
            connection.run();
        } catch (IOException | WireException | UncheckedIOException e) {
            // The test sees at the other end what came of it.
        }
    }

    /** One stream. */
    final class Connection implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final UnitReader reader =
                new UnitReader(WireLimits.DEFAULT, ByteBufAllocator.DEFAULT);
        private final UnitWriter writer = new UnitWriter(Compression.OFF, WireLimits.DEFAULT);

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        void run() throws IOException, WireException {
            var in = socket.getInputStream();
            for (int seen = 0; seen < 4; ) {
                int c = in.read();
                if (c < 0) {
                    return;
                }
                seen = (c == "\r\n\r\n".charAt(seen)) ? seen + 1 : c == '\r' ? 1 : 0;
            }
            raw(
                    ("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
                                    + "Upgrade: batchmesh-stream/1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            frame(new Frame.Credit(1_000_000, 1L << 30));
            var bytes = new byte[65_536];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                reader.feed(Unpooled.wrappedBuffer(bytes, 0, n), this::received);
            }
        }

        private void received(Frame frame) {
            try {
                if (frame instanceof Frame.Request request) {
                    var http =
                            BinaryHttp.decodeRequest(request.message(), WireLimits.DEFAULT)
                                    .message();
                    executions.merge(http.uri(), 1, Integer::sum);
                    script.request(this, request.item(), http.method().name(), http.uri());
                    http.release();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (WireException e) {
                throw new UncheckedIOException(new IOException(e));
            } finally {
                frame.release();
            }
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void frame(Frame frame) throws IOException, WireException {
            raw(unit(frame));
        }

        /** A frame as it goes over the wire. */
        byte[] unit(Frame frame) throws WireException {
            var to = Unpooled.buffer();
            var batch = writer.begin(ByteBufAllocator.DEFAULT);
            batch.add(CallerIdentity.ANONYMOUS, frame);
            writer.write(batch, to);
            frame.release();
            return bytes(to);
        }

        private static byte[] bytes(ByteBuf from) {
            var all = new byte[from.readableBytes()];
            from.readBytes(all);
            from.release();
            return all;
        }

        /** The echo that a good peer would answer with. */
        Frame.Response answer(long item, String method, String path) throws WireException {
            var message = Unpooled.buffer();
            var reply = StandInService.text(200, method + " " + path + " ");
            BinaryHttp.encodeResponse(reply, WireLimits.DEFAULT, message);
            reply.release();
            return new Frame.Response(item, PeerReport.NONE, message);
        }

        /** Goes away without a word. */
        void die() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() {
            reader.close();
            writer.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
