package io.batchmesh.policy;

import java.util.List;
import java.util.Map;

/**
 * What is changed in the header of a request or of a reply: first fields are removed, then set,
 * then added.
 *
 * @param set fields that have this one value afterwards
 * @param add fields that get this value besides those that they have
 * @param remove names of fields that are not there afterwards, unless they are set or added
 */
public record HeaderChanges(Map<String, String> set, Map<String, String> add, List<String> remove) {
    public HeaderChanges {
        set = Ordered.copy(set);
        add = Ordered.copy(add);
        remove = List.copyOf(remove);
    }
}
