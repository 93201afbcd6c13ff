package io.batchmesh.admin;

import io.batchmesh.json.Choice;
import io.batchmesh.json.ObjectWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that somebody switched by hand at a proxy, over its config: break-glass. It is no part
 * of the config and so no drift; a new config leaves it, a restart ends it.
 *
 * @param kind what was switched
 * @param subject the link, or the endpoint's address
 * @param since when
 * @param until when it ends by itself, or null for when it is taken back
 * @param author who did it, or null
 */
public record OverrideEntry(
        Kind kind,
        String subject,
        Instant since,
        @Nullable Instant until,
        @Nullable String author) {
    /** What can be switched. */
    public enum Kind {
        /** The requests of a link go one by one. */
        BATCHING_OFF("batchingOff"),
        /** Nothing is sent to an endpoint, on whatever link. */
        ENDPOINT_EJECTED("endpointEjected");

        /** The constants by the names they have in JSON. */
        public static final Choice<Kind> CHOICE = Choice.of(Kind.class, Kind::label);

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    boolean isAbout(Kind what, String whom) {
        return kind == what && subject.equals(whom);
    }

    ObjectNode describe() {
        return ObjectWriter.object(o ->
                o.put("kind", kind.label())
                        .put("subject", subject)
                        .put("since", since.toString())
                        .put("until", until == null ? null : until.toString())
                        .put("author", author));
    }
}
