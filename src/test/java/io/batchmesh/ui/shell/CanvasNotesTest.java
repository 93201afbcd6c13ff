package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.OverrideEntry.Kind;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Switched;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.Attention;
import io.batchmesh.ui.canvas.Tone;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanvasNotesTest {
    private static final LinkId WARNED = LinkId.of("reviews", "ratings");

    private final Workspace workspace =
            SampleWorkspace.running(SampleWorkspace.topology("bookinfo"));

    private void switched(OverrideEntry... entries) {
        workspace
                .switchedProperty()
                .set(new Switched(Map.of("reviews-v1-1", Arrays.asList(entries))));
    }

    private static OverrideEntry entry(Kind kind, String subject) {
        return new OverrideEntry(kind, subject, Instant.EPOCH, null, "ann");
    }

    private String words(LinkId link) {
        var said = CanvasNotes.of(workspace, null).links().get(link);
        return said == null ? "" : said.words();
    }

    @Test
    void aLinkWhoseBatchingIsOffByHandSaysSoInsteadOfAFinding() {
        assertEquals("BM-214", words(WARNED));
        switched(entry(Kind.BATCHING_OFF, WARNED.toString()));
        assertEquals(
                new Attention(Tone.WARN, "off by hand"),
                CanvasNotes.of(workspace, null).links().get(WARNED));
        switched();
        assertEquals("BM-214", words(WARNED));
    }

    @Test
    void aLinkSaysHowManyOfItsEndpointsAreOutByHand() {
        var reviews = LinkId.of("productpage", "reviews");
        switched(
                entry(Kind.ENDPOINT_EJECTED, "127.0.0.1:9083"),
                entry(Kind.ENDPOINT_EJECTED, "127.0.0.1:9084"));
        assertEquals("2 out by hand", words(reviews));
        assertEquals("", words(LinkId.of("productpage", "details")));
    }
}
