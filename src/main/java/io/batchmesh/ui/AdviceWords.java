package io.batchmesh.ui;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.forecast.Advice;
import io.batchmesh.ui.theme.Formats;

/** How advice is shown, and how it is taken. */
public final class AdviceWords {
    private AdviceWords() {}

    /** Sets what is advised, as one step to undo. */
    public static void take(Workspace workspace, Advice advice) {
        var window = advice.window();
        if (window != null) {
            workspace.edit(new LinkEdit.SetBatchWindow(advice.link(), window));
        }
    }

    /** What it changes, in a line; empty where nothing is known or changed. */
    public static String change(Advice advice) {
        var from = advice.before();
        var to = advice.after();
        if (from == null || to == null || advice.window() == null) {
            return "";
        }
        return "mean %s → %s\np99 %s → %s\n%s → %s cores%s"
                .formatted(
                        Formats.latency(from.mean()),
                        Formats.latency(to.mean()),
                        Formats.latency(from.p99()),
                        Formats.latency(to.p99()),
                        cores(from.cores()),
                        cores(to.cores()),
                        calls(from.serviceCallsPerSecond(), to.serviceCallsPerSecond()));
    }

    private static String calls(double from, double to) {
        return Math.abs(from - to) < 1
                ? ""
                : "\n%s → %s calls of the service".formatted(Formats.rate(from), Formats.rate(to));
    }

    private static String cores(double cores) {
        return cores < 0.005 ? "< 0.01" : Formats.number(cores);
    }
}
