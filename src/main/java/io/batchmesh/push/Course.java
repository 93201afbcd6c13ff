package io.batchmesh.push;

import io.batchmesh.model.ProxyId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The state of a push while it runs: one change at a time, each one told. */
final class Course {
    private final PushId id;
    private final boolean dryRun;
    private final Consumer<PushProgress> listener;
    private final Map<ProxyId, ProxyPush> proxies = new LinkedHashMap<>();
    private int wave;
    private int waves;
    private PushProgress.Phase phase = PushProgress.Phase.RUNNING;

    Course(PushId id, boolean dryRun, List<ProxyPush> start, Consumer<PushProgress> listener) {
        this.id = id;
        this.dryRun = dryRun;
        this.listener = listener;
        start.forEach(p -> proxies.put(p.proxy(), p));
    }

    synchronized void wave(int number, int of) {
        wave = number;
        waves = of;
        tell();
    }

    synchronized ProxyPush change(ProxyId proxy, UnaryOperator<ProxyPush> change) {
        var changed = change.apply(Objects.requireNonNull(proxies.get(proxy)));
        proxies.put(proxy, changed);
        tell();
        return changed;
    }

    /** Says why the proxies that are left got nothing. */
    synchronized void end(PushProgress.Phase end, String reason) {
        phase = end;
        proxies.replaceAll((name, p) ->
                p.state() == ProxyPush.State.PENDING && p.reason().isEmpty()
                        ? p.with(ProxyPush.State.PENDING, reason)
                        : p);
        tell();
    }

    synchronized ProxyPush get(ProxyId proxy) {
        return Objects.requireNonNull(proxies.get(proxy));
    }

    synchronized PushProgress now() {
        return new PushProgress(id, dryRun, List.copyOf(proxies.values()), wave, waves, phase);
    }

    private void tell() {
        listener.accept(now());
    }
}
