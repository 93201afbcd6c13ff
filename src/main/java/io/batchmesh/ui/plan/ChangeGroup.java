package io.batchmesh.ui.plan;

import java.util.List;

/**
 * The changes of one thing.
 *
 * @param title what changes: {@code productpage → reviews, window}
 * @param lines the differences
 * @param proxies the proxies that would get them
 */
record ChangeGroup(String title, List<ChangeLine> lines, List<String> proxies) {
    ChangeGroup {
        lines = List.copyOf(lines);
        proxies = List.copyOf(proxies);
    }

    /** The same the other way round, as it is taken back. */
    ChangeGroup reversed() {
        var back = lines.stream().map(l -> new ChangeLine(l.name(), l.to(), l.from())).toList();
        return new ChangeGroup(title, back, proxies);
    }

    /** {@code 1 proxy}, {@code 3 proxies}. */
    String reach() {
        return proxies.size() == 1 ? "1 proxy" : proxies.size() + " proxies";
    }
}
