package io.batchmesh.bench;

import io.batchmesh.bench.Sidecars.Link;
import io.batchmesh.mesh.SlowLink;
import io.batchmesh.mesh.Wire;
import io.batchmesh.proxy.loop.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is compared by most rows: one sidecar with a link for each way of sending, the sidecar that
 * it calls, and the pairs of others. All of the sidecars' ways are those of the same two processes.
 */
final class Bed {
    static final String OFF = "{\"policy\": \"off\"}";
    static final String AUTO = "{}";
    static final String PLAIN_BATCHES = "{\"compression\": {\"codec\": \"off\"}}";
    static final String STREAM =
            "{\"compression\": {\"codec\": \"zstd\", \"context\": \"stream\"}}";
    static final String BATCH = "{\"compression\": {\"codec\": \"zstd\", \"context\": \"batch\"}}";
    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final int DEFAULT_TABLE = 4096;
    private static final int LARGE_TABLE = 65_536;

    private final Lab lab;
    private final Native peers;
    private final EventLoopGroup loops;
    private final int service;
    private final Variant.Hop called;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, SlowLink> wires = new LinkedHashMap<>();
    private Variant.Hop caller;

    Bed(Lab lab, Settings settings) throws InterruptedException {
        this.lab = lab;
        this.peers = new Native(lab);
        this.loops = Transport.newLoops(1, new DefaultThreadFactory("wire", true));
        this.service = peers.service().port();
        var sidecars = new Sidecars(lab, settings);
        this.called = sidecars.called("called", service);
        links.add(new Link("hop", service, false, OFF));
        links.add(new Link("off", called.port(), true, OFF));
        links.add(new Link("auto", called.port(), true, AUTO));
        narrow("narrow", 10_000_000);
        fast();
        this.caller = sidecars.caller("caller", links);
    }

    private void narrow(String name, long bandwidth) {
        slow(name + "-off", bandwidth, OFF);
        slow(name + "-plain", bandwidth, PLAIN_BATCHES);
        slow(name + "-auto", bandwidth, AUTO);
        slow(name + "-batch", bandwidth, BATCH);
        slow(name + "-stream", bandwidth, STREAM);
    }

    private void fast() {
        slow("fast-off", 100_000_000, OFF);
        slow("fast-auto", 100_000_000, AUTO);
    }

    private void slow(String host, long bandwidth, String batch) {
        links.add(new Link(host, wire(host, bandwidth, called.port()), true, batch));
    }

    private int wire(String name, long bandwidth, int to) {
        var wire =
                SlowLink.open(
                        new Wire(ONE_WAY, bandwidth),
                        new InetSocketAddress("127.0.0.1", to),
                        loops.next(),
                        System::nanoTime);
        lab.atEnd(wire::close);
        wires.put(name, wire);
        return wire.address().getPort();
    }

    Native peers() {
        return peers;
    }

    int service() {
        return service;
    }

    /** One hop of ours. */
    Variant hop() {
        return Variant.of("batchmesh", caller).host("hop");
    }

    /** Two hops of ours. */
    Variant own(String name, String host) {
        var variant = Variant.of(name, caller, called).host(host);
        var wire = wires.get(host);
        return wire == null ? variant : variant.over(wire::carriedBytes);
    }

    /** Two nghttpx with HTTP/2 between them, over a slow link. */
    Variant h2(String name, long bandwidth, boolean largeTables) throws InterruptedException {
        int table = largeTables ? LARGE_TABLE : DEFAULT_TABLE;
        var far = peers.nghttpx(name + "-far", service, false, table);
        int between = wire(name, bandwidth, far.port());
        var near = peers.nghttpx(name + "-near", between, true, table);
        var label = "nghttpx pair, HTTP/2" + (largeTables ? ", 64 KiB tables" : "");
        return Variant.of(label, near, far).over(wires.get(name)::carriedBytes);
    }
}
