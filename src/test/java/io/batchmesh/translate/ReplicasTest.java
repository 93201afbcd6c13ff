package io.batchmesh.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static Topology bookinfo() {
        return switch (TopologyFile.load(Path.of("sample-topologies/bookinfo.json"))) {
            case LoadResult.Loaded(TopologyFile file) -> file.topology();
            case LoadResult other -> throw new AssertionError(other.toString());
        };
    }

    @Test
    void endpointsAreRepeatedInTurnUntilThereAreAsManyAsAskedFor() {
        var topology = bookinfo();
        int drawn = Replicas.drawn(topology);
        for (int total = drawn; total <= 3 * drawn + 1; total++) {
            var sites = Sidecars.of(Replicas.of(topology, total).in(topology));
            assertEquals(total, sites.size());
            var names = new HashSet<>(sites.stream().map(SidecarSite::proxy).toList());
            assertEquals(total, names.size(), "every proxy has a name of its own");
        }
    }

    @Test
    void whatIsDrawnKeepsItsNameAndAddress() {
        var topology = bookinfo();
        var drawn = Sidecars.of(topology);
        var all = Sidecars.of(Replicas.of(topology, 100).in(topology));
        assertEquals(drawn.size(), drawn.stream().filter(all::contains).count());
    }

    @Test
    void fewerThanAreDrawnAreNone() {
        var topology = bookinfo();
        int drawn = Replicas.drawn(topology);
        assertThrows(IllegalArgumentException.class, () -> Replicas.of(topology, drawn - 1));
        assertEquals(topology, Replicas.NONE.in(topology));
    }
}
