package io.batchmesh.validate;

/** A subject and a pointer within or at it. */
record Place(Subject subject, String pointer) {
    /** A place further down: field names and indexes. */
    Place in(Object... steps) {
        var path = new StringBuilder(pointer);
        for (var step : steps) {
            var text = step.toString().replace("~", "~0").replace("/", "~1");
            path.append('/').append(text);
        }
        return new Place(subject, path.toString());
    }
}
