package io.batchmesh.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.json.Fault;
import io.batchmesh.model.ProxyId;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.plan.Plan;
import io.batchmesh.push.ProxyPush.State;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.ClientLimits;
import io.batchmesh.target.Reading;
import io.batchmesh.target.RunningConfig;
import io.batchmesh.target.Stranger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PusherTest {
    private static final ClientLimits HASTY =
            new ClientLimits(Duration.ofMillis(500), Duration.ofMillis(500), 1 << 20);

    @TempDir Path state;

    private LittleMesh mesh;

    @BeforeEach
    void start() {
        mesh = new LittleMesh(4, state);
    }

    @AfterEach
    void stop() {
        mesh.close();
    }

    private PushProgress push(Plan plan, Waves waves) throws IOException {
        return mesh.pusher.push(mesh.request(plan, waves), progress -> {});
    }

    private static Map<String, State> states(PushProgress progress) {
        var states = new LinkedHashMap<String, State>();
        progress.proxies().forEach(p -> states.put(p.proxy().name(), p.state()));
        return states;
    }

    private static ProxyPush of(PushProgress progress, String proxy) {
        return progress.proxies().stream()
                .filter(p -> p.proxy().name().equals(proxy))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatRunsAsDrawnIsNoPlan() {
        assertTrue(mesh.plan(mesh.drawn).isEmpty());
    }

    @Test
    void afterAPushThePlanIsEmptyAndEveryProxyRunsWhatIsDrawn() throws IOException {
        var desired = mesh.lingering(20);
        var plan = mesh.plan(desired);
        assertEquals(3, plan.changes().size());
        var end = push(plan, Waves.CANARY);
        assertEquals(PushProgress.Phase.DONE, end.phase());
        assertTrue(end.isComplete());
        // The last of the chain calls nobody, so nothing changes for it.
        assertEquals(
                Map.of(
                        "c-v1-1", State.ACKED,
                        "b-v1-1", State.ACKED,
                        "a-v1-1", State.ACKED,
                        "d-v1-1", State.UNCHANGED),
                states(end));
        assertEquals(mesh.versions(desired), mesh.truth());
        assertTrue(mesh.plan(desired).isEmpty());
    }

    @Test
    void undoneAndPushedAgainAllIsAsBefore() throws IOException {
        var before = mesh.truth();
        push(mesh.plan(mesh.lingering(20)), Waves.ALL);
        assertNotEquals(before, mesh.truth());
        push(mesh.plan(mesh.drawn), Waves.ALL);
        assertEquals(before, mesh.truth());
    }

    @Test
    void aServiceGetsItsConfigBeforeItsCallers() throws IOException {
        var acked = new CopyOnWriteArrayList<String>();
        mesh.pusher.push(
                mesh.request(mesh.plan(mesh.lingering(20)), Waves.ALL),
                progress ->
                        progress.proxies().stream()
                                .filter(p -> p.state() == State.ACKED)
                                .map(p -> p.proxy().name())
                                .filter(p -> !acked.contains(p))
                                .forEach(acked::add));
        assertEquals(List.of("c-v1-1", "b-v1-1", "a-v1-1"), acked);
    }

    @Test
    void proxiesKeepTheNameOfThePushItsAuthorAndTheRevision() throws IOException {
        var end = push(mesh.plan(mesh.lingering(20)), Waves.ALL);
        var readings = mesh.readback.read(mesh.environment());
        var reading = readings.get(new ProxyId("a-v1-1"));
        if (!(reading instanceof Reading.Got<RunningConfig>(var running))) {
            throw new AssertionError("not read: " + reading);
        }
        assertEquals(
                new RunningConfig.Stamp(end.id().header(), "ann", "r1", "confirmed"),
                running.stamp());
    }

    @Test
    void aRejectionStopsThePushAndTheOldConfigRunsOn() throws IOException {
        var before = mesh.truth();
        var fault = new Fault("/links/0", 0, 0, "no", "yes");
        mesh.admin("c-v1-1").subject.refuseToCheck(fault);
        var end = push(mesh.plan(mesh.lingering(20)), Waves.CANARY);
        assertEquals(PushProgress.Phase.STOPPED, end.phase());
        assertEquals(State.REJECTED, of(end, "c-v1-1").state());
        assertEquals(List.of(fault), of(end, "c-v1-1").faults());
        assertEquals(State.PENDING, of(end, "b-v1-1").state());
        assertEquals("the push stopped: c-v1-1 is rejected", of(end, "a-v1-1").reason());
        assertEquals(before, mesh.truth());
    }

    @Test
    void somebodysNewerChangeIsAConflictAndNotOverwritten() throws IOException {
        var mine = mesh.plan(mesh.lingering(20));
        push(mesh.plan(mesh.lingering(30)), Waves.ALL);
        var theirs = mesh.truth();
        var end = push(mine, Waves.CANARY);
        assertEquals(State.CONFLICT, of(end, "c-v1-1").state());
        assertEquals(State.PENDING, of(end, "b-v1-1").state());
        assertEquals(theirs, mesh.truth());
    }

    @Test
    void whatSomebodyPushedAlreadyIsNoConflict() throws IOException {
        var mine = mesh.plan(mesh.lingering(20));
        push(mesh.plan(mesh.lingering(20)), Waves.ALL);
        var end = push(mine, Waves.ALL);
        assertEquals(State.UNCHANGED, of(end, "a-v1-1").state());
        assertTrue(end.isComplete());
    }

    @Test
    void aProxyThatIsDownIsInThePlanAndInTheResultAndKeepsNobodyWaiting() throws IOException {
        mesh.admin("b-v1-1").close();
        var plan = mesh.plan(mesh.lingering(20));
        assertEquals(List.of("b-v1-1"), plan.unknown().stream().map(c -> c.id().name()).toList());
        var end = push(plan, Waves.CANARY);
        assertEquals(State.UNREACHABLE, of(end, "b-v1-1").state());
        assertEquals(State.ACKED, of(end, "a-v1-1").state());
        assertEquals(PushProgress.Phase.DONE, end.phase());
    }

    @Test
    void aProxyThatGoesDownAfterThePlanStopsThePush() throws IOException {
        var plan = mesh.plan(mesh.lingering(20));
        mesh.admin("b-v1-1").close();
        var end = push(plan, Waves.ALL);
        assertEquals(State.ACKED, of(end, "c-v1-1").state());
        assertEquals(State.UNREACHABLE, of(end, "b-v1-1").state());
        assertEquals(State.PENDING, of(end, "a-v1-1").state());
        assertEquals(PushProgress.Phase.STOPPED, end.phase());
    }

    @Test
    void aProxyThatAnswersGarbageIsUnknownInThePlanAndNotTouched() throws IOException {
        try (var stranger = new Stranger("HTTP/1.1 200 OK\r\n\r\n<html>")) {
            mesh.addresses.put(new ProxyId("b-v1-1"), stranger.uri());
            var plan = mesh.plan(mesh.lingering(20));
            var unknown = plan.unknown().getFirst();
            assertTrue(unknown.problem().startsWith("unreadable: "), unknown.problem());
            assertEquals(State.UNREACHABLE, of(push(plan, Waves.ALL), "b-v1-1").state());
        }
    }

    @Test
    void aProxyAtTheWrongAddressDoesNotGetAnothersConfig() throws IOException {
        mesh.addresses.put(new ProxyId("b-v1-1"), mesh.admin("c-v1-1").uri());
        var plan = mesh.plan(mesh.lingering(20));
        assertEquals(
                "unreadable: the proxy there is 'c-v1-1' and not 'b-v1-1'",
                plan.unknown().getFirst().problem());
    }

    @Test
    void aLostAnswerIsFoundByReadingBack() throws IOException {
        var plan = mesh.plan(mesh.lingering(20));
        try (var cutter = new AnswerCutter(mesh.admin("b-v1-1").uri(), mesh.io)) {
            mesh.addresses.put(new ProxyId("b-v1-1"), cutter.uri());
            var end = push(plan, Waves.ALL);
            assertEquals(State.ACKED, of(end, "b-v1-1").state());
            assertTrue(end.isComplete());
        }
        assertEquals(2, mesh.admin("b-v1-1").subject.applied().size());
    }

    @Test
    void aProxyThatHangsIsUnknown() throws IOException {
        var plan = mesh.plan(mesh.lingering(20));
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var there = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            mesh.addresses.put(new ProxyId("c-v1-1"), there);
            var hasty = new AdminClient(mesh.http, HASTY, null);
            var clocks = mesh.admin("a-v1-1").time.clocks();
            var pusher = new Pusher(hasty, mesh.io, clocks, mesh.log);
            var end = pusher.push(mesh.request(plan, Waves.ALL), p -> {});
            assertEquals(State.UNKNOWN, of(end, "c-v1-1").state());
            assertEquals(State.PENDING, of(end, "b-v1-1").state());
        }
    }

    @Test
    void aProxyWithoutAConfigGetsItsFirst() throws IOException {
        try (var empty = RunningAdmin.with(null)) {
            mesh.addresses.put(new ProxyId("d-v1-1"), empty.uri());
            var plan = mesh.plan(mesh.drawn);
            assertEquals(DocumentChange.Kind.ADD, plan.changes().getFirst().kind());
            assertTrue(push(plan, Waves.ALL).isComplete());
            var version = Objects.requireNonNull(empty.server().runningVersion());
            assertEquals(mesh.versions(mesh.drawn).get("d-v1-1"), version);
        }
    }

    @Test
    void aDryRunAsksEveryProxyAndChangesNothing() {
        var before = mesh.truth();
        mesh.admin("c-v1-1").subject.refuseToCheck(new Fault("/x", 0, 0, "no", ""));
        var plan = mesh.plan(mesh.lingering(20));
        var end = mesh.pusher.dryRun(mesh.request(plan, Waves.CANARY), p -> {});
        assertEquals(State.REJECTED, of(end, "c-v1-1").state());
        assertEquals("it would take it", of(end, "a-v1-1").reason());
        assertEquals(State.PENDING, of(end, "a-v1-1").state());
        assertEquals(before, mesh.truth());
    }

    @Test
    void wavesAreServedInOrderAndTold() throws IOException {
        var waves = new ArrayList<Integer>();
        mesh.pusher.push(
                mesh.request(mesh.plan(mesh.lingering(20)), Waves.CANARY),
                progress -> {
                    if (waves.isEmpty() || waves.getLast() != progress.wave()) {
                        waves.add(progress.wave());
                    }
                    int acked = progress.count(State.ACKED);
                    assertTrue(acked <= (progress.wave() == 1 ? 1 : 3), progress.toString());
                });
        assertEquals(List.of(1, 2), waves);
    }

    @Test
    void anInterruptStopsThePushAndWhatWasSentIsKnown() throws IOException {
        var plan = mesh.plan(mesh.lingering(20));
        var pushing = Thread.currentThread();
        var end =
                mesh.pusher.push(
                        mesh.request(plan, Waves.ALL),
                        progress -> {
                            if (of(progress, "c-v1-1").state() == State.ACKED) {
                                pushing.interrupt();
                            }
                        });
        assertTrue(Thread.interrupted());
        assertEquals(PushProgress.Phase.CANCELLED, end.phase());
        assertEquals(State.ACKED, of(end, "c-v1-1").state());
        assertEquals(State.PENDING, of(end, "a-v1-1").state());
        assertEquals("the push was cancelled", of(end, "a-v1-1").reason());
        assertTrue(mesh.log.records().getFirst().finished());
    }
}
