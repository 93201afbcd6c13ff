package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeViewTest {
    private static final Instant NOW = SampleWorkspace.NOW;
    private static final String LINK = "productpage->reviews";

    private final Workspace workspace = SamplePast.calm(200);
    private final TimeView time = new TimeView(workspace);

    @TempDir private Path folder;

    private double rate() {
        var link = workspace.snapshotProperty().get().link(LINK);
        return link == null ? Double.NaN : link.requestsPerSecond();
    }

    @Test
    void aMomentOfThePastIsShownAsItWas() {
        time.showMoment(NOW.minusSeconds(100));
        var seen = workspace.past().series(LINK, LinkMeasure.REQUESTS).value(99);
        assertEquals(seen, rate());
        assertEquals(NOW.minusSeconds(100), workspace.snapshotProperty().get().at());
        assertFalse(time.isLive());
        assertFalse(time.window().live());
        assertEquals(99 + 1, time.past().link(LINK, LinkMeasure.REQUESTS).size());
        time.live();
        assertEquals(NOW, workspace.snapshotProperty().get().at());
    }

    @Test
    void whatIsSeenWhileLookingBackIsKeptButNotShown() {
        time.hold();
        var held = workspace.snapshotProperty().get();
        var next = new SamplePastNext(workspace).second(1);
        assertEquals(held, workspace.snapshotProperty().get());
        assertEquals(201, workspace.past().size());
        time.live();
        assertEquals(next, workspace.snapshotProperty().get());
    }

    @Test
    void aBrushShowsJustItsStretch() {
        long to = NOW.minusSeconds(50).toEpochMilli();
        time.zoomTo(to - 40_000, to);
        assertEquals(Duration.ofSeconds(40), time.length());
        assertEquals(to, time.window().nowMillis());
        time.zoom(2, to - 20_000);
        assertEquals(Duration.ofSeconds(80), time.length());
        assertEquals(to + 20_000, time.window().nowMillis(), "the moment between stays between");
    }

    @Test
    void zoomingOutWhileLiveGoesOnLiveUpToADay() {
        for (int i = 0; i < 20; i++) {
            time.zoom(4, 0);
        }
        assertTrue(time.isLive());
        assertEquals(Duration.ofDays(1), time.length());
    }

    @Test
    void panningBeyondNowIsLiveAgain() {
        time.pan(-30_000);
        assertEquals(NOW.minusSeconds(30), workspace.shownMoment());
        time.pan(10_000);
        assertEquals(NOW.minusSeconds(20), workspace.shownMoment());
        time.pan(30_000);
        assertTrue(time.isLive());
    }

    @Test
    void aReplayGoesOnAtItsSpeedAndStopsAtTheEnd() {
        time.showMoment(NOW.minusSeconds(60));
        time.play(10);
        time.tick(Duration.ofSeconds(1));
        assertEquals(NOW.minusSeconds(50), workspace.shownMoment());
        assertTrue(time.isPlaying());
        time.tick(Duration.ofSeconds(20));
        assertEquals(NOW, workspace.shownMoment());
        assertFalse(time.isPlaying());
        assertFalse(time.isLive());
    }

    @Test
    void nothingIsBeforeTheBeginning() {
        time.pan(-Duration.ofDays(9).toMillis());
        assertEquals(NOW.minusSeconds(199), workspace.shownMoment());
    }

    @Test
    void aRecordingIsSavedAndLookedAtAgain() throws IOException {
        var other = SampleWorkspace.of(workspace.topology());
        var otherTime = new TimeView(other);
        var file = folder.resolve("a.bmrec");
        FxToolkitThread.call(() -> {
            new Recordings(workspace, time, Runnable::run).save(file);
            new Recordings(other, otherTime, Runnable::run).open(file);
            return "";
        });
        assertEquals("a.bmrec", other.recording());
        assertEquals(NOW, other.snapshotProperty().get().at());
        assertEquals(workspace.past().heat(LINK, false), other.shownPast().heat(LINK, false));
        assertEquals("push 7", other.shownPast().marks().getFirst().label());
        assertFalse(Files.exists(folder.resolve("a.bmrec.part")));
        otherTime.live();
        assertEquals(MeshSnapshot.EMPTY, other.snapshotProperty().get());
    }

    @Test
    void aFileThatIsNoRecordingIsRefusedInWords() throws IOException {
        var file = Files.writeString(folder.resolve("b.bmrec"), "nonsense");
        FxToolkitThread.call(() -> {
            new Recordings(workspace, time, Runnable::run).open(file);
            return "";
        });
        assertEquals(
                "b.bmrec was not opened: this is no recording of Batchmesh",
                workspace.refusalProperty().get());
        assertTrue(time.isLive());
    }

    @Test
    void theBannerSaysWhichMomentItIsAndGoesBack() {
        FxToolkitThread.call(() -> {
            var banner = new TimeBanner(workspace, time);
            time.setOnChange(banner::refresh);
            new Scene(banner, 800, 40);
            time.showMoment(NOW.minusSeconds(65));
            assertTrue(
                    banner.lookupAll(".label").stream()
                            .anyMatch(n -> n.toString().contains("65 s ago")));
            ((Button) banner.lookup("#back-to-live")).fire();
            assertTrue(time.isLive());
            return "";
        });
    }

    /** Goes on with what is seen. */
    private record SamplePastNext(Workspace workspace) {
        MeshSnapshot second(int after) {
            var last = workspace.snapshotProperty().get();
            var next =
                    new MeshSnapshot(
                            NOW.plusSeconds(after),
                            last.links(),
                            last.services(),
                            last.proxies(),
                            last.cost());
            workspace.observe(next);
            return next;
        }
    }
}
