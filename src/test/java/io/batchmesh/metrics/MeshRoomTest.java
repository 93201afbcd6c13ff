package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeshRoomTest {
    private static ProxyMetrics proxy(String name, ProxyState state, double cores, double rate) {
        var none = Double.NaN;
        return new ProxyMetrics(
                name,
                "s",
                state,
                null,
                null,
                null,
                null,
                Map.of(Activity.PROXY, cores),
                new ProxyLoad(rate, none, none, none, none, none));
    }

    private static MeshSnapshot seen(ProxyMetrics... proxies) {
        var all = new LinkedHashMap<String, ProxyMetrics>();
        for (var proxy : proxies) {
            all.put(proxy.proxy(), proxy);
        }
        return new MeshSnapshot(Instant.EPOCH, Map.of(), Map.of(), all, Map.of());
    }

    @Test
    void theProxyThatIsFullFirstBoundsTheMesh() {
        var room =
                MeshRoom.of(
                        seen(
                                proxy("a", ProxyState.LIVE, 0.1, 1_000),
                                proxy("b", ProxyState.LIVE, 0.25, 500),
                                proxy("gone", ProxyState.STALE, 0.9, 9_000)));
        assertNotNull(room);
        assertEquals("b", room.proxy());
        assertEquals(4, room.times(), 1e-9);
        assertEquals(4_500, room.more(), 1e-9, "three times 1,500 more");
    }

    @Test
    void aFullProxyLeavesNoRoom() {
        var room = MeshRoom.of(seen(proxy("a", ProxyState.LIVE, 1.02, 1_000)));
        assertNotNull(room);
        assertEquals(1, room.times(), 1e-9);
        assertEquals(0, room.more(), 1e-9);
    }

    @Test
    void whereNobodySaysWhatItUsesNothingIsSaid() {
        assertNull(MeshRoom.of(seen()));
        assertNull(MeshRoom.of(seen(proxy("a", ProxyState.LIVE, 0.001, 3))));
        assertNull(MeshRoom.of(seen(proxy("a", ProxyState.LIVE, Double.NaN, 3))));
    }
}
