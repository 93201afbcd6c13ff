package io.batchmesh.proxy.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final HandSchedule time = new HandSchedule();
    private final Deadlines deadlines = new Deadlines(time, time);
    private final long begun = time.nanos();
    private final List<String> expired = new ArrayList<>();

    private Deadline named(String name, Runnable then) {
        return new Deadline() {
            @Override
            protected void expired() {
                expired.add(name + "@" + (time.nanos() - begun));
                then.run();
            }
        };
    }

    private void arm(String name, long length) {
        deadlines.arm(named(name, () -> {}), time.nanos(), length);
    }

    @Test
    void whatExpiresMayArmAnotherOfItsLengthAndDelaysNobodyByIt() {
        deadlines.arm(named("first", () -> arm("again", 80)), time.nanos(), 80);
        time.advance(1);
        arm("second", 80);
        time.advance(500);
        assertEquals(List.of("first@80", "second@81", "again@160"), expired);
    }

    @Test
    void whatIsCalledOffDelaysNobodyEither() {
        var off = named("off", () -> {});
        deadlines.arm(off, time.nanos(), 80);
        time.advance(30);
        arm("other", 80);
        arm("short", 10);
        deadlines.disarm(off);
        time.advance(500);
        assertEquals(List.of("short@40", "other@110"), expired);
    }
}
