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
    static final String ONE_BY_ONE = "{\"maxItems\": 1, \"compression\": {\"codec\": \"off\"}}";
    static final String COALESCE =
            "{\"compression\": {\"codec\": \"off\"}, \"cache\": {\"maxBytes\": \"16MiB\"}}";
    static final String CACHE =
            "{\"compression\": {\"codec\": \"off\"},"
                    + " \"cache\": {\"maxBytes\": \"16MiB\", \"ttl\": \"1s\"}}";
    static final String PLAIN_BATCHES = "{\"compression\": {\"codec\": \"off\"}}";
    static final String STREAM =
            "{\"compression\": {\"codec\": \"zstd\", \"context\": \"stream\"}}";
    static final String BATCH =
            "{\"compression\":"
                    + " {\"codec\": \"zstd\", \"context\": \"batch\", \"minBytes\": \"128B\"}}";
    private static final Duration ONE_WAY = Duration.ofMillis(10);

    private final Lab lab;
    private final Native peers;
    private final EventLoopGroup loops;
    private final int service;
    private final Variant.Hop called;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, SlowLink> wires = new LinkedHashMap<>();
    private final Variant.Hop caller;

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
        links.add(new Link("mux", called.port(), true, ONE_BY_ONE));
        links.add(new Link("batch", called.port(), true, BATCH));
        links.add(new Link("stream", called.port(), true, STREAM));
        narrow("narrow", 10_000_000);
        fast();
        this.caller = sidecars.caller("caller", links);
    }

    private void narrow(String name, long bandwidth) {
        slow(name + "-off", bandwidth, OFF);
        slow(name + "-mux", bandwidth, ONE_BY_ONE);
        slow(name + "-coalesce", bandwidth, COALESCE);
        slow(name + "-cache", bandwidth, CACHE);
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

    /** Ends the time in which the sidecars may use all processors to compile. */
    void pin() {
        caller.process().pin(lab.proxySide());
        called.process().pin(lab.proxySide());
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
    Variant h2(long bandwidth) throws InterruptedException {
        var far = peers.nghttpx("slow-far", service, false);
        int between = wire("h2", bandwidth, far.port());
        var near = peers.nghttpx("slow-near", between, true);
        return Variant.of("nghttpx pair, HTTP/2", near, far).over(wire("h2")::carriedBytes);
    }

    private SlowLink wire(String name) {
        var wire = wires.get(name);
        if (wire == null) {
            throw new IllegalArgumentException(name);
        }
        return wire;
    }
}
