package io.batchmesh.model;

import io.batchmesh.json.Choice;

/**
 * Where a service takes batches itself.
 *
 * @param format what it takes there
 * @param path the path, beginning with a slash
 */
public record BulkApi(Format format, String path) {
    /** The formats. */
    public enum Format {
        /** One JSON text a line, in and out. */
        NDJSON("ndjson"),
        /** OData JSON batch, OASIS OData 4.01 part 1, section 11.7. */
        ODATA("odata");

        /** The constants by the names they have in files. */
        public static final Choice<Format> CHOICE = Choice.of(Format.class, Format::label);

        private final String label;

        Format(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
