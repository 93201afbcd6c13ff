package io.batchmesh.translate;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.document.DocumentVersion;
import io.batchmesh.json.JsonText;
import java.util.List;

/** Configs of sidecars as documents, and back. */
public final class Documents {
    private Documents() {}

    /** The document of a config: {@code sidecar/NAME}, its version the config's. */
    public static Document of(ProxyConfig config) {
        var version = ConfigVersion.of(config);
        return new Document(
                DocumentId.sidecar(config.proxy()),
                ConfigJson.write(config),
                new DocumentVersion(version.hash()));
    }

    /** The documents of configs, in their order. */
    public static List<Document> of(List<ProxyConfig> configs) {
        return configs.stream().map(Documents::of).toList();
    }

    /** The config in a document, or what is wrong with it. */
    public static ConfigResult config(Document document) {
        return ConfigJson.read(JsonText.canonical(document.body()));
    }
}
