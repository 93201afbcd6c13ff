package io.batchmesh.ui.shell;

import io.batchmesh.metrics.SnapshotHistory;
import io.batchmesh.ui.ShownTime;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which stretch of time the window shows. Its right edge is the moment that canvas and lists show
 * as well: now, or, once somebody looks back, a moment of the past. FX thread only.
 */
final class TimeView {
    /** How much time can be shown at once. */
    static final Duration SHORTEST = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofDays(1);

    /** How fast the past can be played. */
    static final List<Integer> SPEEDS = List.of(1, 2, 5, 10, 60);

    private static final long DELTAS_EVERY = 3_000;
    private static final int[] STEPS = {1, 2, 5};

    private final Workspace workspace;
    private Runnable onChange = () -> {};
    private @Nullable Duration length;
    private int speed = 1;
    private @Nullable Comparison comparison;
    private @Nullable Deltas deltas;

    TimeView(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Called after each change. */
    void setOnChange(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Tells that something about time is new. */
    void changed() {
        onChange.run();
    }

    boolean isLive() {
        return workspace.shownTimeProperty().get().isLive();
    }

    boolean isPlaying() {
        return workspace.shownTimeProperty().get() instanceof ShownTime.Past past && past.playing();
    }

    int speed() {
        return speed;
    }

    /** How much time is shown. */
    Duration length() {
        return length == null ? fitting() : length;
    }

    /** Whether the length follows what there is to show. */
    boolean isFitting() {
        return length == null;
    }

    /**
     * As much time as there is something to show for, in steps, so that the first minutes are not a
     * sliver at the edge.
     */
    private Duration fitting() {
        long seconds = workspace.shownPast().size();
        for (int minutes : STEPS) {
            if (seconds < 60L * minutes) {
                return Duration.ofMinutes(minutes);
            }
        }
        return Duration.ofMinutes(STEPS[STEPS.length - 1]);
    }

    /** The stretch that is shown. */
    TimeWindow window() {
        return new TimeWindow(workspace.shownMoment().toEpochMilli(), length(), isLive());
    }

    /** The past as it is shown. */
    PastView past() {
        var window = window();
        var then =
                comparison == null
                        ? null
                        : new PastView(workspace.shownPast(), comparison.of(window));
        return new PastView(workspace.shownPast(), window, then);
    }

    /**
     * What is different from the other period, null when it is compared with none. While time goes
     * on it is computed anew only now and then.
     */
    @Nullable Deltas deltas() {
        var now = past();
        if (now.then() == null) {
            deltas = null;
            return null;
        }
        var before = deltas;
        long step = Math.max(DELTAS_EVERY, now.window().length().toMillis() / 60);
        if (before == null || !before.stillFits(now, step)) {
            before = new Deltas(now, now.then());
            deltas = before;
        }
        return before;
    }

    /** Shows so much time, or as much as there is with null. */
    void setLength(@Nullable Duration wanted) {
        length = wanted == null ? null : clamp(wanted);
        onChange.run();
    }

    private static Duration clamp(Duration wanted) {
        return wanted.compareTo(SHORTEST) < 0
                ? SHORTEST
                : wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    /** Stops at the moment that is shown now. */
    void hold() {
        showAt(workspace.shownMoment().toEpochMilli(), false);
    }

    /** Goes back to now. */
    void live() {
        length = null;
        comparison = null;
        workspace.showNow();
        onChange.run();
    }

    /** Shows just this stretch. */
    void zoomTo(long from, long to) {
        length = clamp(Duration.ofMillis(to - from));
        showAt(to, false);
    }

    /** Shows more or less; while now is shown it goes on being so. */
    void zoom(double factor, long around) {
        var window = window();
        length = clamp(Duration.ofMillis(Math.round(window.length().toMillis() * factor)));
        if (isLive()) {
            onChange.run();
            return;
        }
        double part = window.nowMillis() - around;
        double grown = length.toMillis() / (double) window.length().toMillis();
        showAt(around + Math.round(part * grown), false);
    }

    /** Goes on or back; beyond now is now. */
    void pan(long millis) {
        if (isLive() && millis >= 0) {
            return;
        }
        long to = window().nowMillis() + millis;
        if (workspace.recording().isEmpty() && to >= workspace.clocks().now().toEpochMilli()) {
            workspace.showNow();
            onChange.run();
        } else {
            showAt(to, false);
        }
    }

    /** Stops at a moment. */
    void showMoment(Instant at) {
        showAt(at.toEpochMilli(), false);
    }

    /** Shows a moment, and goes on playing if it does. */
    void jump(Instant at) {
        showAt(at.toEpochMilli(), isPlaying());
    }

    /** Plays from the moment that is shown on, from the beginning where it is the end. */
    void play(int times) {
        speed = times;
        long at = workspace.shownMoment().toEpochMilli();
        showAt(at >= last() ? first() : at, true);
    }

    /** Goes on by itself while it plays; at the end it stops. */
    void tick(Duration passed) {
        if (isPlaying()) {
            long to = window().nowMillis() + passed.toMillis() * speed;
            showAt(to, to < last());
        }
    }

    private void showAt(long millis, boolean playing) {
        long at = Math.clamp(millis, first(), Math.max(first(), last()));
        workspace.show(Instant.ofEpochMilli(at), playing);
        onChange.run();
    }

    /** The first moment that there is; now when there is none. */
    long first() {
        var past = workspace.shownPast();
        long first = Math.min(past.firstMillis(), past.firstDayMillis());
        return first == Long.MAX_VALUE ? workspace.clocks().now().toEpochMilli() : first;
    }

    /** The last moment that there is. */
    long last() {
        long last = workspace.shownPast().lastMillis();
        return last == Long.MIN_VALUE ? workspace.clocks().now().toEpochMilli() : last;
    }

    /** Looks at a recording, from its end. */
    void open(SnapshotHistory recorded, String name) {
        workspace.openRecording(recorded, name);
        comparison = null;
        length = null;
        showAt(recorded.lastMillis(), false);
    }

    /** What it is compared with, null when with nothing. */
    @Nullable Comparison comparison() {
        return comparison;
    }

    /** Compares with another period from now on, with none when null. */
    void compare(@Nullable Comparison with) {
        comparison = with;
        onChange.run();
    }

    /** Compares what was after a moment with what was before it, as long as it is until now. */
    void compareAround(Instant at, String label) {
        long after = window().nowMillis() - at.toEpochMilli();
        if (after <= 0) {
            return;
        }
        length = clamp(Duration.ofMillis(Math.min(after, Duration.ofMinutes(5).toMillis())));
        comparison = new Comparison(length, "time before " + label);
        showAt(at.toEpochMilli() + length.toMillis(), false);
    }
}
