package io.batchmesh.target;

import io.batchmesh.admin.OverrideEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be switched by hand at a proxy, or taken back.
 *
 * @param kind what
 * @param subject the link, or the endpoint's address
 * @param on whether it is to be switched; false to take it back
 * @param expiresIn when it ends by itself, or null for when it is taken back
 * @param author who does it, or null
 */
public record OverrideOrder(
        OverrideEntry.Kind kind,
        String subject,
        boolean on,
        @Nullable Duration expiresIn,
        @Nullable String author) {
    /** The path of the call. */
    String path() {
        var name =
                java.net.URLEncoder.encode(subject, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20");
        return switch (kind) {
            case BATCHING_OFF -> "/overrides/links/" + name + "/batching";
            case ENDPOINT_EJECTED -> "/overrides/endpoints/" + name;
        };
    }
}
