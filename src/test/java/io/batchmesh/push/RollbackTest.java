package io.batchmesh.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.json.Fault;
import io.batchmesh.model.ProxyId;
import io.batchmesh.push.ProxyPush.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking pushes back, and remembering them. */
class RollbackTest {
    @TempDir Path state;

    private LittleMesh mesh;
    private Rollback rollback;

    @BeforeEach
    void start() {
        mesh = new LittleMesh(3, state);
        rollback = new Rollback(mesh.client, mesh.readback);
    }

    @AfterEach
    void stop() {
        mesh.close();
    }

    private PushProgress push(int linger) throws IOException {
        var plan = mesh.plan(mesh.lingering(linger));
        return mesh.pusher.push(mesh.request(plan, Waves.ALL), p -> {});
    }

    private PushRecord last() throws IOException {
        return Objects.requireNonNull(mesh.log.last("local:chain"));
    }

    private PushProgress takeBack(PushRecord record) throws IOException {
        var proposal = rollback.plan(record, mesh.environment());
        return mesh.pusher.push(mesh.request(proposal.plan(), Waves.ALL), p -> {});
    }

    @Test
    void aPushThatIsTakenBackLeavesAllAsItWas() throws IOException {
        var before = mesh.truth();
        push(20);
        assertNotEquals(before, mesh.truth());
        assertTrue(takeBack(last()).isComplete());
        assertEquals(before, mesh.truth());
    }

    @Test
    void theDifferenceIsVisibleBeforehandAndCallersComeFirst() throws IOException {
        push(20);
        var plan = rollback.plan(last(), mesh.environment()).plan();
        assertEquals(
                List.of("a-v1-1", "b-v1-1"),
                plan.changes().stream().map(c -> c.id().name()).toList());
        var field = plan.changes().getFirst().fields().getFirst();
        assertEquals(
                "a->b batch.linger 20ms 5ms",
                field.subject() + " " + field.field() + " " + field.from() + " " + field.to());
    }

    @Test
    void takingBackATakingBackBringsThePushAgain() throws IOException {
        push(20);
        var pushed = mesh.truth();
        takeBack(last());
        takeBack(last());
        assertEquals(pushed, mesh.truth());
        assertEquals("r1", rollback.plan(last(), mesh.environment()).revision());
    }

    @Test
    void anEarlierPushIsTakenBackOnlyWhereItStillRuns() throws IOException {
        push(20);
        var first = last();
        push(30);
        var newer = mesh.truth();
        var end = takeBack(first);
        assertEquals(2, end.count(State.CONFLICT));
        assertTrue(end.proxies().getFirst().reason().contains("a newer change"));
        assertEquals(newer, mesh.truth());
    }

    @Test
    void aProxyThatIsDownStaysInThePlan() throws IOException {
        push(20);
        mesh.admin("b-v1-1").close();
        var end = takeBack(last());
        assertEquals(1, end.count(State.UNREACHABLE));
        assertEquals(1, end.count(State.ACKED));
    }

    @Test
    void onlyProxiesThatGotThePushAreTakenBack() throws IOException {
        mesh.admin("a-v1-1").subject.refuseToCheck(new Fault("", 0, 0, "no", ""));
        push(20);
        var plan = rollback.plan(last(), mesh.environment()).plan();
        assertEquals(List.of("b-v1-1"), plan.changes().stream().map(c -> c.id().name()).toList());
    }

    @Test
    void aPushIsRememberedWithWhatWasBeforeAndAfter() throws IOException {
        var before = mesh.running("a-v1-1");
        var end = push(20);
        var record = new PushLog(state).records().getFirst();
        assertEquals(end.id(), record.id());
        assertEquals("ann", record.author());
        assertEquals("local:chain", record.target());
        assertEquals("r1", record.revision());
        assertTrue(record.finished());
        assertEquals(end.proxies(), record.proxies());
        var proxy =
                record.proxies().stream()
                        .filter(p -> p.proxy().equals(new ProxyId("a-v1-1")))
                        .findFirst()
                        .orElseThrow();
        assertEquals(before, proxy.before());
        assertEquals(mesh.running("a-v1-1"), proxy.version());
    }

    @Test
    void pushesAreCountedAndTheNewestComesFirst() throws IOException {
        for (int i = 1; i <= 3; i++) {
            assertEquals("push-" + i, push(20 + i).id().toString());
        }
        assertEquals(
                List.of("push-3", "push-2", "push-1"),
                mesh.log.records().stream().map(r -> r.id().toString()).toList());
        assertNull(mesh.log.last("local:other"));
    }

    @Test
    void halfALineOfAProgramThatWasKilledHarmsNobody() throws IOException {
        push(20);
        var half = "{\"event\":\"result\",\"number\":1,\"uni";
        Files.writeString(state.resolve("pushes.jsonl"), half, StandardOpenOption.APPEND);
        assertEquals(1, mesh.log.records().size());
        assertEquals("push-2", push(30).id().toString());
        assertEquals(2, new PushLog(state).records().size());
    }

    @Test
    void aPushThatDidNotEndIsKnownProxyByProxy() throws IOException {
        push(20);
        var file = state.resolve("pushes.jsonl");
        var lines = Files.readAllLines(file);
        // Begin, one of the two results.
        Files.write(file, lines.subList(0, 2));
        var record = mesh.log.records().getFirst();
        assertEquals(false, record.finished());
        assertEquals(
                List.of(State.ACKED, State.PENDING, State.UNCHANGED),
                record.proxies().stream().map(ProxyPush::state).toList());
    }
}
