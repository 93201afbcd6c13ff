package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks of fields that several parts of a topology share. */
final class Fields {
    private Fields() {}

    /** A text that must be there and must say something. */
    static String name(ObjectReader o, String field) {
        var text = o.string(field);
        if (text.isBlank() && o.has(field)) {
            o.fault(field, "the field '" + field + "' is empty", "give it a name");
        }
        return text;
    }

    /** Notes a fault where a field that must be there is not. */
    static void require(ObjectReader o, String field, String mend) {
        if (!o.has(field)) {
            o.faultHere("the field '" + field + "' is missing", mend);
        }
    }

    /**
     * An array of objects, each with a key that must be unique among them. The fault stands at
     * {@code field} of the second one.
     */
    static <T> List<T> unique(
            ObjectReader o, String array, Key<T> key, Function<ObjectReader, T> reader) {
        Set<Object> seen = new HashSet<>();
        return o.objects(
                array,
                item -> {
                    var value = reader.apply(item);
                    var k = key.of().apply(value);
                    if (!seen.add(k) && !k.toString().isBlank()) {
                        item.fault(
                                key.field(),
                                key.what() + " '" + k + "' is there twice",
                                "rename or remove one of them");
                    }
                    return value;
                });
    }

    /**
     * What must be unique.
     *
     * @param what what it is called in a message
     * @param field where the fault is shown
     * @param of the key of a value
     */
    record Key<T>(String what, String field, Function<T, ?> of) {}
}
