package io.batchmesh.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.alert.UsualAlerts;
import io.batchmesh.edit.ServiceEdit;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.push.Change;
import io.batchmesh.ui.FxToolkitThread;
import io.batchmesh.ui.HandSwitch;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.Thing;
import io.batchmesh.ui.canvas.Tone;
import io.batchmesh.ui.shell.AttentionItem.Rank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;

/** What a window does in an incident: alerts, what needs attention, timeline, bookmarks, hands. */
class IncidentTest {
    private static ShellView shell(Workspace workspace) {
        var shell = new ShellView(workspace, Runnable::run, new WindowGallery.NoActions());
        assertNotNull(new Scene(shell, 1600, 1000));
        shell.applyCss();
        shell.layout();
        shell.refresh();
        return shell;
    }

    private static void inWindow(java.util.function.Consumer<ShellView> test) {
        // Some minutes of snapshots are made here, so that the FX thread is not kept for long.
        var workspace = SampleIncident.workspace(200);
        FxToolkitThread.call(() -> {
            test.accept(shell(workspace));
            return "";
        });
    }

    private static <T extends Node> T find(Node root, Class<T> type, String id) {
        root.applyCss();
        var found = root.lookup("#" + id);
        assertNotNull(found, id);
        return type.cast(found);
    }

    @Test
    void whatFiresStandsOnTheCanvasByNameAndShapeAndFirstInWhatNeedsAttention() {
        inWindow(shell -> {
            var workspace = shell.workspace();
            var notes = CanvasNotes.of(workspace, null);
            var said = notes.links().get(LinkId.of("productpage", "reviews"));
            assertEquals("■ Reviews is slow", said.words());
            assertEquals(Tone.ERROR, said.tone());
            var items = AttentionList.of(workspace, List.of());
            assertEquals(Rank.PAGE, items.getFirst().rank());
            assertEquals("productpage → reviews", items.getFirst().title());
            assertTrue(
                    items.getFirst().note().startsWith("Reviews is slow: p99 17 ms, limit 2.0 ms"),
                    items.getFirst().note());
            assertEquals(
                    items.stream().map(AttentionItem::rank).sorted().toList(),
                    items.stream().map(AttentionItem::rank).toList(),
                    "ranked");
        });
    }

    @Test
    void ofManyAlikeAFewAreToldAndTheRestIsCounted() {
        inWindow(shell -> {
            var items = AttentionList.of(shell.workspace(), List.of());
            var pages = items.stream().filter(i -> i.rank() == Rank.PAGE).toList();
            assertEquals(AttentionList.MOST_ALIKE + 1, pages.size());
            assertTrue(pages.getLast().title().endsWith(" more"), pages.getLast().title());
            assertEquals(new AttentionItem.Act.Tab("Alerts"), pages.getLast().act());
        });
    }

    @Test
    void aProxyThatAnAlertTellsOfIsNotToldTwice() {
        inWindow(shell -> {
            var items = AttentionList.of(shell.workspace(), List.of());
            assertEquals(1, items.stream().filter(i -> i.title().equals("reviews-v3-1")).count());
            assertFalse(items.stream().anyMatch(i -> i.rank() == Rank.SILENT));
        });
    }

    @Test
    void aRuleOnWhatWasNeverSeenNeedsAttentionSinceNobodyKnows() {
        inWindow(shell -> {
            var without = AttentionList.of(shell.workspace(), List.of());
            assertTrue(
                    without.stream()
                            .anyMatch(i ->
                                    i.rank() == Rank.NO_DATA
                                            && i.note().contains("Ratings carries nothing")),
                    without.toString());
        });
    }

    @Test
    void atAMomentOfThePastTheAlertsOfThatMomentAreShown() {
        inWindow(shell -> {
            var workspace = shell.workspace();
            assertFalse(workspace.calling().isEmpty());
            shell.time().showMoment(SampleWorkspace.NOW.minusSeconds(198));
            var then = workspace.calling().stream().map(a -> a.rule().name()).distinct().toList();
            assertEquals(List.of("Busy"), then, "the others had to wait");
            shell.time().live();
            assertTrue(workspace.calling().size() > then.size());
        });
    }

    @Test
    void theTimelineHasAllWritersNewestFirstAndMarksThePlots() {
        inWindow(shell -> {
            var pane = shell.plots().timeline();
            shell.showTab("Timeline");
            var csv = pane.csv();
            var lines = csv.lines().toList();
            assertEquals("time,kind,what,by,where", lines.getFirst());
            assertTrue(csv.contains("foreign,push-3-7f: 2 proxies took it,bo,2 proxies"), csv);
            assertTrue(csv.contains("push,push-7: 2 proxies took it,ann,2 proxies"), csv);
            assertTrue(csv.contains("by_hand,batching off,ann,reviews → ratings"), csv);
            assertTrue(csv.contains("note,deploy of ratings 2.4"), csv);
            assertTrue(csv.contains("alert,\"Reviews is slow: p99 25 ms"), csv);
            var times = lines.stream().skip(1).map(l -> l.split(",", 2)[0]).toList();
            assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
            var marks = shell.workspace().past().marks();
            assertTrue(marks.stream().anyMatch(m -> m.label().equals("foreign: bo")), "" + marks);
            assertEquals(
                    1,
                    marks.stream().filter(m -> m.label().equals("push 7")).count(),
                    "a push is marked once");
            int count = marks.size();
            shell.refresh();
            assertEquals(count, shell.workspace().past().marks().size(), "and only once");
        });
    }

    @Test
    void aClickInTheTimelineShowsThatMoment() {
        inWindow(shell -> {
            shell.showTab("Timeline");
            var pane = shell.plots().timeline();
            pane.setFilter("push-3-7f");
            var table = find(pane, RowsTable.class, "timeline");
            assertEquals(1, table.rows().size());
            table.getSelectionModel().select(0);
            table.open();
            assertFalse(shell.time().isLive());
            assertEquals(SampleWorkspace.NOW.minusSeconds(39), shell.workspace().shownMoment());
        });
    }

    @Test
    void somebodyElsesChangeNeedsAttentionForAWhile() {
        inWindow(shell -> {
            var now = SampleWorkspace.NOW;
            var pane = shell.plots().timeline();
            var foreign = pane.foreign(now.minus(Duration.ofMinutes(15)));
            assertEquals(List.of("bo"), foreign.stream().map(TimelineEntry::who).toList());
            assertTrue(
                    AttentionList.of(shell.workspace(), foreign).stream()
                            .anyMatch(i ->
                                    i.rank() == Rank.FOREIGN
                                            && i.note().startsWith("changed by bo, not by")));
            assertEquals(List.of(), pane.foreign(now));
        });
    }

    @Test
    void aVersionThatNobodyExplainsWasWrittenBySomebodyElse() {
        FxToolkitThread.call(() -> {
            var workspace = SamplePast.calm(5);
            var shell = shell(workspace);
            workspace.observe(SampleIncident.running(workspace.newest(), 1, "cafe0123beef"));
            shell.refresh();
            var pane = shell.plots().timeline();
            var begin = SampleWorkspace.NOW.minusSeconds(60);
            assertEquals(List.of(), pane.foreign(begin), "it may be explained yet");
            workspace.observe(SampleIncident.running(workspace.newest(), 20, "cafe0123beef"));
            shell.refresh();
            var foreign = pane.foreign(begin);
            assertEquals(1, foreign.size());
            assertTrue(foreign.getFirst().what().contains("cafe0123"), foreign.toString());
            var proxy = foreign.getFirst().where();
            var told =
                    new Change(
                            foreign.getFirst().at(),
                            Change.Kind.PUSH,
                            "push-8",
                            "ann",
                            List.of(new io.batchmesh.model.ProxyId(proxy)),
                            "1 acked");
            workspace.changesProperty().set(List.of(told));
            assertEquals(List.of(), pane.foreign(begin), "now it is explained");
            return "";
        });
    }

    @Test
    void aBookmarkShowsAColleagueTheSame() {
        var theirs = SampleIncident.workspace(200);
        inWindow(shell -> {
            var workspace = shell.workspace();
            workspace.select(Selection.of(new ServiceId("reviews")));
            shell.showTab("Timeline");
            shell.plots().setFilter("bo");
            shell.canvas().setViewByHand(shell.canvas().viewport().at(0.8, 30, 40));
            shell.time().setLength(Duration.ofMinutes(2));
            shell.time().showMoment(SampleWorkspace.NOW.minusSeconds(60));
            shell.time().compare(new Comparison(Duration.ofMinutes(1), "minute before"));
            var taken = shell.bookmarks().take();

            var other = shell(theirs);
            var before = other.bookmarks().take();
            assertEquals(List.of(), other.bookmarks().show(taken));
            assertEquals(taken, other.bookmarks().take());
            assertEquals("bo", other.plots().filter());

            other.bookmarks().show(before);
            assertTrue(other.time().isLive(), "one of now goes back to now");
        });
    }

    @Test
    void whatABookmarkCannotShowIsSaidAndTheRestIsShown() {
        var theirs = SampleIncident.workspace(100);
        inWindow(shell -> {
            var workspace = shell.workspace();
            var both =
                    Selection.of(new ServiceId("reviews"))
                            .and(Selection.of(LinkId.of("reviews", "ratings")));
            workspace.select(both);
            shell.time().showMoment(SampleWorkspace.NOW.minusSeconds(150));
            var taken = shell.bookmarks().take();

            var other = shell(theirs);
            other.workspace().edit(new ServiceEdit.RemoveService(new ServiceId("ratings")));
            var lacking = other.bookmarks().show(taken);
            assertEquals(2, lacking.size(), lacking.toString());
            assertEquals("there is no link reviews → ratings any more", lacking.get(0));
            assertTrue(lacking.get(1).startsWith("nothing is kept here of 2026"), lacking.get(1));
            assertEquals(
                    Selection.of(new ServiceId("reviews")),
                    other.workspace().selectionProperty().get());
            other.showLacking(lacking);
            find(other, LackingBanner.class, "lacking");
        });
    }

    private static List<String> words(List<MenuItem> items) {
        var words = new ArrayList<String>();
        for (var item : items) {
            if (item.getText() != null) {
                words.add(item.getText());
            }
            if (item instanceof Menu menu) {
                words.addAll(words(menu.getItems()));
            }
        }
        return words;
    }

    @Test
    void theCanvasAndWhatNeedsAttentionOfferWhatCanBeSwitchedByHand() {
        inWindow(shell -> {
            var acts = new ArrayList<String>();
            shell.workspace()
                    .handSwitchProperty()
                    .set(
                            new HandSwitch() {
                                @Override
                                public void batching(LinkId link, boolean off) {
                                    acts.add(link + " " + off);
                                }

                                @Override
                                public void endpoint(String address, boolean out) {
                                    acts.add(address + " " + out);
                                }
                            });
            var link = LinkId.of("productpage", "reviews");
            var menu = CanvasMenu.of(shell, new Thing.OfLink(link));
            var words = words(menu.getItems());
            assertEquals("Turn batching off now: productpage → reviews", words.getFirst());
            assertTrue(words.stream().anyMatch(w -> w.startsWith("Eject 127.")), "" + words);
            menu.getItems().getFirst().fire();
            assertEquals(List.of("productpage->reviews true"), acts);
            var hand = LinkId.of("reviews", "ratings");
            assertEquals(
                    "Turn batching on again: reviews → ratings",
                    words(CanvasMenu.of(shell, new Thing.OfLink(hand)).getItems()).getFirst());
            var first = AttentionList.of(shell.workspace(), List.of()).getFirst();
            assertEquals(List.of(link), first.hands(), "and in what needs attention");
            assertNotNull(HandMenu.of(shell.workspace(), first.hands()));
            assertNull(HandMenu.of(shell.workspace(), List.of()));
        });
    }

    @Test
    void aRuleIsMadeOfWhatWasWrittenAndFaultsAreSaid() {
        inWindow(shell -> {
            var workspace = shell.workspace();
            shell.showTab("Alerts");
            var pane = shell.plots().alerts();
            pane.open(null);
            var editor = find(pane, AlertEditor.class, "alert-editor");
            find(editor, TextField.class, "alert-limit").setText("fast");
            find(editor, TextField.class, "alert-name").setText("Send is slow");
            find(editor, Button.class, "alert-save").fire();
            int before = workspace.topology().alerts().size();
            assertEquals(before, workspace.topology().alerts().size(), "nothing was made");
            assertTrue(editor.faultWords().contains("the limit"), editor.faultWords());
            find(editor, TextField.class, "alert-limit").setText("40ms");
            combo(editor, "alert-thing", "reviews->ratings");
            combo(editor, "alert-stage", "send");
            find(editor, Button.class, "alert-save").fire();
            var made = workspace.topology().alerts().getLast();
            assertEquals("Send is slow", made.name());
            assertEquals("reviews->ratings", made.target().name());
            assertEquals(
                    new AlertCondition.Threshold(AlertMeasure.P99, "send", true, 0.04),
                    made.condition());
            assertEquals(AlertRule.Urgency.TICKET, made.urgency());
            workspace.undo();
            assertEquals(before, workspace.topology().alerts().size());
        });
    }

    @SuppressWarnings("unchecked")
    private static void combo(Node root, String id, String value) {
        ((ComboBox<String>) find(root, ComboBox.class, id)).setValue(value);
    }

    @Test
    void everyUsualRuleComesBackUnchangedFromTheEditor() {
        inWindow(shell -> {
            var pane = shell.plots().alerts();
            shell.showTab("Alerts");
            var rules = shell.workspace().topology().alerts();
            assertTrue(rules.containsAll(UsualAlerts.ALL));
            for (var rule : rules) {
                pane.open(rule);
                find(pane, Button.class, "alert-save").fire();
                assertEquals(rules, shell.workspace().topology().alerts(), rule.name());
            }
        });
    }

    @Test
    void noticesAreFewAndNobodyIsDisturbedWhoDoesNotWantTo() {
        inWindow(shell -> {
            var notices = shell.plots().alerts().notices();
            var events = shell.workspace().alerts().events();
            var now = SampleWorkspace.NOW;
            var first = notices.due(events, now);
            assertNotNull(first);
            assertTrue(first.title().startsWith("■ "), first.title());
            assertTrue(first.text().contains(" more"), first.text());
            assertNull(notices.due(events, now.plusSeconds(5)), "too soon");
            var next = notices.due(events, now.plusSeconds(11));
            assertNotNull(next);
            int fired = (int) events.stream().filter(e -> e.kind().name().equals("FIRING")).count();
            assertTrue(
                    next.text().endsWith("and " + (2 * fired - 1) + " more"),
                    "with what came between: " + next.text());
            notices.quiet(Duration.ofMinutes(30));
            assertNull(notices.due(events, now.plusSeconds(60)));
            assertNotNull(notices.due(events, now.plusSeconds(31 * 60)), "its time is over");
        });
    }
}
