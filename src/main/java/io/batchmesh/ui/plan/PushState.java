package io.batchmesh.ui.plan;

import java.util.List;

/** Where a push is. Immutable. */
public sealed interface PushState {
    /**
     * None runs, and none was just done.
     *
     * @param nextName what the next one will be called: {@code Push 8}
     */
    record Idle(String nextName) implements PushState {}

    /**
     * It is on its way.
     *
     * @param name what it is called
     * @param rows the proxies that it reaches, and those that run as desired already
     */
    record Running(String name, List<ProxyRow> rows) implements PushState {
        public Running {
            rows = List.copyOf(rows);
        }
    }

    /**
     * It is over, whether all of it was taken or not.
     *
     * @param name what it is called
     * @param rows how it ended at each proxy
     * @param summary a sentence about the whole of it
     * @param canRollBack whether it changed something that can be taken back
     */
    record Finished(String name, List<ProxyRow> rows, String summary, boolean canRollBack)
            implements PushState {
        public Finished {
            rows = List.copyOf(rows);
        }
    }
}
