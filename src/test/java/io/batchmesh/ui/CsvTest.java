package io.batchmesh.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void fieldsAreQuotedByRfc4180() {
        var csv = new Csv().line(List.of("a", "b,c", "say \"x\"", "two\nlines", ""));
        assertEquals("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n", csv.toString());
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        assertEquals("", Csv.field(Double.NaN));
        assertEquals("12", Csv.field(12));
        assertEquals("0.0015", Csv.field(0.0015));
        assertEquals("+Inf", Csv.field(Double.POSITIVE_INFINITY));
    }
}
