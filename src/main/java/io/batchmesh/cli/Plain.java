package io.batchmesh.cli;

import java.util.ArrayList;
import java.util.List;

/** Text as a terminal may show it. */
final class Plain {
    private Plain() {}

    /** The text without control characters: files and proxies may hold what a terminal obeys. */
    static String text(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Rows in columns, as wide as their widest cell; the last column is as wide as it is. */
    static List<String> columns(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(text(row.get(i)));
            line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
