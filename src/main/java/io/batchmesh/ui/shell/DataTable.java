package io.batchmesh.ui.shell;

import io.batchmesh.ui.Csv;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.plot.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows of words and numbers.
 *
 * @param columns names from left to right
 * @param rows one for each thing
 */
record DataTable(List<Column> columns, List<Row> rows) {

    DataTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param name a word or two
     * @param measure of its numbers, null where it holds words
     */
    record Column(String name, @Nullable Measure measure) {
        static Column words(String name) {
            return new Column(name, null);
        }

        /** The name with the unit that the numbers have in a file. */
        String named() {
            var unit = measure == null ? "" : measure.baseUnit();
            return unit.isEmpty() ? name : name + " (" + unit + ")";
        }

        /** A cell as it is shown. */
        String shown(Object cell) {
            return cell instanceof Double number && measure != null
                    ? measure.worded(number)
                    : cell.toString();
        }
    }

    /**
     * A row.
     *
     * @param key what it is about, different in each
     * @param target what is selected by it
     * @param cells a String or a Double for each column
     */
    record Row(String key, Selection target, List<Object> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        /** Whether every word is in one of its words. */
        boolean has(String filter) {
            for (var word : filter.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
                if (cells.stream()
                        .noneMatch(c ->
                                c instanceof String s
                                        && s.toLowerCase(Locale.ROOT).contains(word))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** All of some rows, by RFC 4180, numbers in base units. */
    String csv(List<Row> some) {
        var csv = new Csv().line(columns.stream().map(Column::named).toList());
        for (var row : some) {
            csv.line(
                    row.cells().stream()
                            .map(c -> c instanceof Double d ? Csv.field(d) : c.toString())
                            .toList());
        }
        return csv.toString();
    }

    /** Some rows as they are shown, with tabs between, for pasting into a table. */
    String words(List<Row> some) {
        var lines = new ArrayList<String>();
        lines.add(String.join("\t", columns.stream().map(Column::name).toList()));
        for (var row : some) {
            var cells = new ArrayList<String>();
            for (int i = 0; i < columns.size(); i++) {
                cells.add(columns.get(i).shown(row.cells().get(i)));
            }
            lines.add(String.join("\t", cells));
        }
        return String.join("\n", lines) + "\n";
    }
}
