package io.batchmesh.json;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of one document, at most a hundred. Not safe for use by several threads. */
public final class Faults {
    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final JsonDocument document;

    /** A collector that knows the places of the document's values. */
    public Faults(JsonDocument document) {
        this.document = document;
    }

    /** Adds a fault at a pointer; line and column come from the document. */
    public void add(String pointer, String message, String mend) {
        if (faults.size() >= MOST) {
            return;
        }
        var at = document.position(pointer);
        int line = at == null ? 0 : at.line();
        int column = at == null ? 0 : at.column();
        faults.add(new Fault(pointer, line, column, message, mend));
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** What was found, in the order in which it was found. */
    public List<Fault> list() {
        return List.copyOf(faults);
    }
}
