package io.batchmesh.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads and writes "number unit" texts, given what one of each unit is worth in the base unit. */
final class UnitTable {
    private static final Pattern TEXT =
            Pattern.compile("\\s*(-?[0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([A-Za-zµ/]*)\\s*");

    private final String kind;
    private final String example;
    private final Map<String, Long> units;

    UnitTable(String kind, String example, Map<String, Long> units) {
        this.kind = kind;
        this.example = example;
        this.units = units;
    }

    /** The value in base units; refuses negative values, fractions of a base unit and overflow. */
    long parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw fault(text, "is not a " + kind);
        }
        Long factor = units.get(match.group(2));
        if (factor == null) {
            var problem =
                    match.group(2).isEmpty()
                            ? "has no unit"
                            : "has the unknown unit '" + match.group(2) + "'";
            throw fault(text, problem);
        }
        var value = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(factor));
        if (value.signum() < 0) {
            throw fault(text, "is negative");
        }
        try {
            return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw fault(text, "is too large");
        }
    }

    private QuantityException fault(String text, String problem) {
        var shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new QuantityException(
                "'%s' %s; write it like %s".formatted(shown, problem, example));
    }
}
