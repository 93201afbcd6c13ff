package io.batchmesh.translate;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.JsonText;
import io.batchmesh.model.Topology;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The revision of a topology, which a whole mesh shares: the hash of all that its proxies are told
 * as drawn. What is never pushed (layout, notes, simulation) does not change it, and neither do the
 * addresses of the target.
 */
public final class Revision {
    private static final int DIGITS = 12;

    private Revision() {}

    /** The revision, 12 hexadecimal digits. */
    public static String of(Topology topology) {
        var all = JsonNodeFactory.instance.arrayNode();
        SidecarTranslation.configs(topology, AddressBook.AS_DRAWN)
                .forEach(config -> all.add(ConfigJson.write(config)));
        return ConfigVersion.ofCanonical(JsonText.canonical(all)).hash().substring(0, DIGITS);
    }
}
