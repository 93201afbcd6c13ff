package io.batchmesh.proxy.sim;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.proxy.route.CompiledRoute;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One fault schedule: callers, a sidecar, its peers and their services, and what befalls them. */
final class World {
    static final int REQUESTS = 200;
    private static final int PROBES = 4;
    private static final String FRONT = "front";
    private static final String SCRIPTED = "scripted";
    private static final InetSocketAddress FRONT_OUT = at("10.0.0.1", 1);
    private static final InetSocketAddress FRONT_IN = at("10.0.0.1", 2);
    private static final List<InetSocketAddress> BACKS =
            List.of(at("10.0.1.1", 2), at("10.0.1.2", 2), at("10.0.1.3", 2));
    private static final List<InetSocketAddress> SERVICES =
            List.of(at("10.0.2.1", 3), at("10.0.2.2", 3));

    private final Scenario scenario;
    private final SimNetwork net;
    private final History history = new History();
    private final SimCallers callers;
    private final SimSidecar front;
    private final List<SimSidecar> backs = new ArrayList<>();
    private final List<SimService> services = new ArrayList<>();
    private final SimPeer peer;
    private final List<String> wrong = new ArrayList<>();
    private long mostNanos;
    private boolean quiet;

    World(long seed) {
        var random = new SplittableRandom(seed);
        scenario = new Scenario(random.split());
        net =
                new SimNetwork(
                        random.split(),
                        new SimNetwork.Wire(scenario.latencyNanos, scenario.window, 1_400));
        callers = new SimCallers(net, history, FRONT_OUT);
        front = new SimSidecar(net, FRONT, FRONT_OUT, FRONT_IN, random.split());
        peer = new SimPeer(net, history, random.split(), scenario.serviceNanos, scenario.faulty);
        for (int i = 0; i < SERVICES.size(); i++) {
            var service =
                    new SimService(
                            net,
                            history,
                            random.split(),
                            scenario.serviceNanos,
                            scenario.faulty,
                            scenario.protocol.multiplexed());
            service.listen(SERVICES.get(i), "service-" + i);
            services.add(service);
            backs.add(back(i));
        }
        peer.listen(BACKS.get(2), SCRIPTED);
        configure(false);
        front.listen();
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private SimSidecar back(int number) {
        var made =
                new SimSidecar(
                        net,
                        "back-" + number,
                        at("10.0.3." + number, 1),
                        BACKS.get(number),
                        scenario.split());
        made.configure(called(number), SERVICES.get(number));
        made.listen();
        return made;
    }

    private ProxyConfig called(int number) {
        var service = "10.0.2." + (number + 1) + ":3";
        return new ProxyConfig(
                "back-" + number,
                "back",
                null,
                new ProxyConfig.Listeners("10.0.3.1:1", Scenario.PEERS.get(number)),
                new ProxyConfig.Inbound(service, List.of(), scenario.bulk, scenario.protocol),
                List.of(),
                null);
    }

    private void configure(boolean sound) {
        var config = scenario.caller(sound);
        var timeout = config.links().getFirst().routes().getFirst().timeout();
        var most = timeout == null ? CompiledRoute.DEFAULT_TIMEOUT : timeout;
        mostNanos = Math.max(mostNanos, most.toNanos());
        front.configure(config, null);
        history.open().forEach(this::limit);
    }

    /** Runs it; what was wrong, in words. */
    List<String> run() {
        planRequests();
        if (scenario.faulty > 0) {
            planFaults();
        }
        net.run(TimeUnit.SECONDS.toNanos(20), () -> false);
        net.run(TimeUnit.SECONDS.toNanos(130), history::settled);
        heal();
        probe();
        end();
        wrong.addAll(history.check());
        net.faults().forEach(fault -> wrong.add("thrown: " + describe(fault)));
        return wrong;
    }

    private static String describe(Throwable fault) {
        var trace = fault.getStackTrace();
        return fault + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    long digest() {
        return history.digest();
    }

    History history() {
        return history;
    }

    private long spread() {
        return scenario.millis(400);
    }

    private void planRequests() {
        long at = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (scenario.chance(0.15)) {
                at += scenario.millis(30);
            } else if (scenario.chance(0.5)) {
                at += scenario.latencyNanos / 2;
            }
            var ask = scenario.ask("r" + i);
            net.after(at, () -> ask(ask));
            if (scenario.chance(scenario.faulty / 2)) {
                net.after(at + scenario.millis(60), () -> callers.cancel(ask));
            }
        }
    }

    private void ask(Ask ask) {
        callers.ask(ask);
        limit(ask);
    }

    private void limit(Ask ask) {
        long own = ask.timeoutNanos > 0 ? ask.timeoutNanos : Long.MAX_VALUE;
        // Where no time was set, the one for a lost answer does not cut short one that has begun.
        long rest = ask.timeoutNanos > 0 ? 0 : TimeUnit.SECONDS.toNanos(1);
        ask.limitNanos = Math.min(own, mostNanos) + rest + scenario.slackNanos(ask);
    }

    private void planFaults() {
        int faults = 1 + scenario.draw(12);
        for (int i = 0; i < faults; i++) {
            net.after(spread(), this::fault);
        }
    }

    private void fault() {
        if (quiet) {
            return;
        }
        switch (scenario.draw(8)) {
            case 0, 1 -> configure(false);
            case 2 -> each("back-" + scenario.draw(2), SimSocket::kill, 1.0);
            case 3 -> cutSome();
            case 4 -> stallSome();
            case 5 -> crash(scenario.draw(2));
            case 6 -> restart(scenario.draw(2));
            default -> services.get(scenario.draw(2)).listen(SERVICES.getFirst(), "service-x");
        }
    }

    private interface Harm {
        void to(SimSocket socket);
    }

    private void each(String host, Harm harm, double share) {
        for (var socket : net.of(host)) {
            if (scenario.chance(share)) {
                harm.to(socket);
            }
        }
    }

    /** The connections between the sidecars break after some byte, in either direction. */
    private void cutSome() {
        for (var socket : net.of(scenario.chance(0.5) ? FRONT : "back-" + scenario.draw(2))) {
            if (!socket.other().equals(SimCallers.HOST) && scenario.chance(0.6)) {
                socket.cutAfter(scenario.draw(1_500));
            }
        }
    }

    private void stallSome() {
        long nanos = scenario.millis(300);
        for (var socket : net.of("back-" + scenario.draw(2))) {
            socket.stall(nanos);
        }
    }

    private void crash(int number) {
        backs.get(number).kill();
        net.after(
                scenario.millis(200),
                () -> {
                    if (!quiet) {
                        backs.set(number, back(number));
                    }
                });
    }

    /** One drains while its successor already listens at its address. */
    private void restart(int number) {
        var old = backs.get(number);
        old.drain();
        backs.set(number, back(number));
        net.after(TimeUnit.SECONDS.toNanos(5), old::stop);
    }

    /** Everything works again. */
    private void heal() {
        quiet = true;
        services.forEach(SimService::heal);
        peer.heal();
        each(SCRIPTED, SimSocket::kill, 1.0);
        for (int i = 0; i < backs.size(); i++) {
            services.get(i).listen(SERVICES.get(i), "service-" + i);
            backs.get(i).kill();
            backs.set(i, back(i));
        }
        configure(true);
        net.run(TimeUnit.SECONDS.toNanos(40), () -> false);
    }

    private void probe() {
        mostNanos = Long.MAX_VALUE / 4;
        for (int i = 0; i < PROBES; i++) {
            var ask = scenario.ask("probe" + i);
            var patient = new Ask(ask.nonce, ask.method, ask.body, ask.chunked, 0);
            net.after(i, () -> ask(patient));
        }
        net.run(TimeUnit.SECONDS.toNanos(30), () -> false);
        for (int i = 0; i < PROBES; i++) {
            var ask = history.find("probe" + i);
            if (ask == null || ask.status != 200) {
                wrong.add("does not work again after the faults: " + ask);
            }
        }
        var left = front.leftovers();
        if (!left.isEmpty()) {
            wrong.add("left over:" + left);
        }
    }

    private void end() {
        front.drain();
        net.run(TimeUnit.SECONDS.toNanos(10), () -> false);
        if (!front.quiet()) {
            wrong.add("the drained sidecar does not come to an end");
        }
        front.stop();
        backs.forEach(SimSidecar::stop);
        each(SimCallers.HOST, SimSocket::kill, 1.0);
        net.run(TimeUnit.SECONDS.toNanos(10), () -> false);
        for (var host : List.of(FRONT, "back-0", "back-1")) {
            net.of(host).forEach(s -> wrong.add("a socket stays open: " + host + "-" + s.other()));
        }
        each(SCRIPTED, SimSocket::kill, 1.0);
        each("service-0", SimSocket::kill, 1.0);
        each("service-1", SimSocket::kill, 1.0);
        each("service-x", SimSocket::kill, 1.0);
        net.run(TimeUnit.SECONDS.toNanos(90), () -> false);
        if (net.usedBytes() != 0) {
            wrong.add(net.usedBytes() + " bytes of buffers are not given back");
        }
    }
}
