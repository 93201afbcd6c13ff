package io.batchmesh.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WavesTest {
    private static List<Integer> sizes(String waves, int proxies) {
        var all = IntStream.range(0, proxies).boxed().toList();
        var cut = Objects.requireNonNull(Waves.parse(waves)).cut(all);
        assertEquals(all, cut.stream().flatMap(List::stream).toList());
        return cut.stream().map(List::size).toList();
    }

    @Test
    void aWaveReachesSoManyOfAllProxies() {
        assertEquals(List.of(1, 24, 75), sizes("1,25%,100%", 100));
        assertEquals(List.of(1, 1, 2), sizes("1, 2, 100%", 4));
        assertEquals(List.of(7), sizes("100%", 7));
    }

    @Test
    void aWaveThatAddsNothingIsLeftOut() {
        assertEquals(List.of(1, 2), sizes("1,25%,100%", 3));
        assertEquals(List.of(1), sizes("1,25%,100%", 1));
        assertEquals(List.of(), sizes("1,25%,100%", 0));
        assertEquals(List.of(3), sizes("50,10%,100%", 3));
    }

    @Test
    void aShareIsRoundedUp() {
        assertEquals(List.of(1, 2), sizes("1%,100%", 3));
    }

    @Test
    void whatIsNoListOfWavesOrDoesNotReachAllIsNone() {
        for (var text :
                List.of("", "1", "25%", "0,100%", "101%,100%", "x,100%", "1,,100%", "-1,100%")) {
            assertNull(Waves.parse(text), text);
        }
        assertEquals("1,25%,100%", Waves.CANARY.toString());
        assertEquals(Waves.CANARY, Waves.parse("1,25%,100%"));
    }
}
