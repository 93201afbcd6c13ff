package io.batchmesh.bench;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.meter.SidecarMeters;
import io.batchmesh.proxy.meter.StageTimes;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Targets to scrape, each on a port of its own: the meters of a sidecar with five links that carry
 * 200 requests per second each, by chance, and further counters up to the number of series asked
 * for. A text is made anew when the last one is older than 0.9 seconds. One event loop serves all;
 * {@code GET /counts} says who asked how often. Arguments: targets, series, the file to write the
 * ports into.
 */
public final class WatchTargets {
    private static final int LINKS = 5;
    private static final int RATE = 200;
    private static final long FRESH_NANOS = 900_000_000;

    private final Map<String, Integer> asked = new TreeMap<>();
    private final ExpositionFormats formats = ExpositionFormats.init();

    private WatchTargets() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var server = new WatchTargets();
        var loops = Transport.newLoops(1, new DefaultThreadFactory("targets", false));
        var ports = new ArrayList<String>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            ports.add(server.open(loops, i, Integer.parseInt(args[1])));
        }
        var file = Path.of(args[2]);
        var part = Files.write(Path.of(args[2] + ".part"), ports);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }

    private String open(EventLoopGroup loops, int number, int series) {
        var target = new Target(number, series);
        var channel =
                new ServerBootstrap()
                        .group(loops)
                        .channel(EpollServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpObjectAggregator(65_536))
                                                .addLast(new Answering(target));
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .syncUninterruptibly()
                        .channel();
        return Integer.toString(((InetSocketAddress) channel.localAddress()).getPort());
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Target target;

        Answering(Target target) {
            this.target = target;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            var counts = request.uri().equals("/counts");
            if (!counts) {
                var agent = request.headers().get(HttpHeaderNames.USER_AGENT, "nobody");
                asked.merge(agent, 1, Integer::sum);
            }
            var body = counts ? asked.toString().getBytes(StandardCharsets.UTF_8) : target.text();
            var response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            context.writeAndFlush(response);
        }
    }

    /** One of them. All on the one event loop. */
    private final class Target {
        private final SidecarMeters meters = new SidecarMeters();
        private final List<LinkMeters> links = new ArrayList<>();
        private final SplittableRandom random;
        private byte[] text = new byte[0];
        private long madeNanos;

        Target(int number, int series) {
            random = new SplittableRandom(number);
            for (int i = 0; i < LINKS; i++) {
                links.add(meters.link("s" + number + "->t" + number + "-" + i));
            }
            advance(1);
            long missing = series - lines();
            for (int i = 0; i < missing; i++) {
                links.getFirst().requests("default", "v1", 201 + i).increment();
            }
        }

        private long lines() {
            return new String(make(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .count();
        }

        byte[] text() {
            long now = System.nanoTime();
            if (text.length == 0 || now - madeNanos > FRESH_NANOS) {
                advance(text.length == 0 ? 1 : (now - madeNanos) / 1e9);
                text = make();
                madeNanos = now;
            }
            return text;
        }

        private byte[] make() {
            var bytes = new ByteArrayOutputStream(text.length + 4096);
            try {
                formats.getPrometheusTextFormatWriter().write(bytes, meters.registry().scrape());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private void advance(double seconds) {
            for (var link : links) {
                long left = Math.round(RATE * seconds * (0.8 + 0.4 * random.nextDouble()));
                link.requests("default", "v1", 200).add(left);
                link.passed(Stage.COLLECT, left);
                while (left > 0) {
                    long items = Math.min(left, 1 + random.nextInt(30));
                    batch(link, items);
                    left -= items;
                }
            }
        }

        private long micros(double median) {
            return Math.round(median * 1e3 * Math.exp(0.5 * random.nextGaussian()));
        }

        private void batch(LinkMeters link, long items) {
            link.batch(FlushReason.LINGER, (int) items);
            for (var part : SendPart.values()) {
                link.part(part, micros(700), items);
            }
            var stages = new StageTimes(1_500, micros(2_500), micros(8), micros(12), micros(2_800));
            link.staged(stages, items);
            link.answered(
                    io.batchmesh.proxy.meter.Path.BATCHED,
                    stages.cache()
                            + stages.collect()
                            + stages.combine()
                            + stages.compress()
                            + stages.send(),
                    items);
            link.wire().sent(items * 870, items * 300);
            link.wire().received(items * 1_200, items * 400);
        }
    }
}
