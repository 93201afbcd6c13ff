package io.batchmesh.push;

import io.batchmesh.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a wave into layers that are served one after the other, so that the order of the plan holds
 * where it matters: proxies of services that call each other are never in one layer.
 */
final class Layers {
    private Layers() {}

    static List<List<Parcel>> of(List<Parcel> ordered) {
        var layers = new ArrayList<List<Parcel>>();
        var layer = new ArrayList<Parcel>();
        for (var parcel : ordered) {
            if (layer.stream().anyMatch(p -> related(p.config(), parcel.config()))) {
                layers.add(List.copyOf(layer));
                layer.clear();
            }
            layer.add(parcel);
        }
        if (!layer.isEmpty()) {
            layers.add(List.copyOf(layer));
        }
        return layers;
    }

    private static boolean related(ProxyConfig one, ProxyConfig other) {
        return !one.service().equals(other.service())
                && (one.linkTo(other.service()) != null || other.linkTo(one.service()) != null);
    }
}
