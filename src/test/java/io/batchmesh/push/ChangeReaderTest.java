package io.batchmesh.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed, by real admin endpoints and two people's records. */
class ChangeReaderTest {
    @TempDir Path mine;
    @TempDir Path theirs;

    private LittleMesh mesh;
    private ChangeReader reader;

    @BeforeEach
    void start() {
        mesh = new LittleMesh(3, mine);
        reader = new ChangeReader(mesh.client, mesh.io, mesh.log);
    }

    @AfterEach
    void stop() {
        mesh.close();
    }

    private List<Change> look() {
        var found = Readback.documents(mesh.readback.read(mesh.environment()));
        return reader.look(mesh.environment(), found);
    }

    private void push(Pusher pusher, int linger) throws IOException {
        var plan = mesh.plan(mesh.lingering(linger));
        pusher.push(mesh.request(plan, Waves.ALL), p -> {});
    }

    @Test
    void aPushOfMineIsMineAndAColleaguesOfTheSameNumberIsNot() throws IOException {
        look();
        push(mesh.pusher, 20);
        var changes = look();
        var own = changes.stream().filter(c -> c.kind() == Change.Kind.PUSH).toList();
        assertEquals(1, own.size(), changes.toString());
        assertEquals("push-1", own.getFirst().push());
        assertEquals(2, own.getFirst().proxies().size(), "the callers");
        push(mesh.colleague(theirs), 30);
        changes = look();
        var foreign = changes.stream().filter(c -> c.kind() == Change.Kind.FOREIGN).toList();
        assertEquals(1, foreign.size(), changes.toString());
        assertEquals(2, foreign.getFirst().proxies().size());
        assertEquals("push-1", foreign.getFirst().push().substring(0, 6));
    }

    @Test
    void whileNothingChangesNothingIsAskedAgain() throws IOException {
        push(mesh.pusher, 20);
        var first = look();
        mesh.admin("a-v1-1").close();
        assertSame(first, look(), "one who is silent changed nothing");
    }
}
