package io.batchmesh.target;

import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.json.Fault;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.Parsed;
import io.batchmesh.target.KnownEnvironment.PrometheusPlace;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operator's environments, from a file that belongs to him alone and is never part of a
 * topology: by name, with whom they are spoken to. A file of a secret or certificate is named by
 * its path, absolute or from the directory of this file, or as {@code env:NAME} by the environment
 * variable that holds the path.
 *
 * @param byName the environments
 */
public record Environments(Map<String, KnownEnvironment> byName) {
    /** None. */
    public static final Environments NONE = new Environments(Map.of());

    private static final String VARIABLE = "env:";
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Environments {
        byName = Map.copyOf(byName);
    }

    /** What came of reading the file. */
    public sealed interface Read {
        /** It was read; none are known where there is no file. */
        record Known(Environments environments) implements Read {}

        /** It cannot be used, for these reasons, at least one. */
        record Unusable(Path file, List<Fault> faults) implements Read {
            /** The first reason, with its place. */
            public String describe() {
                return file + ":" + faults.getFirst().describe();
            }
        }
    }

    /**
     * Where the file is: {@code $BATCHMESH_ENVIRONMENTS}, else {@code environments.json} in {@code
     * $XDG_CONFIG_HOME/batchmesh} or {@code ~/.config/batchmesh}; null without a home.
     */
    public static @Nullable Path place(Map<String, String> variables) {
        var named = variables.get("BATCHMESH_ENVIRONMENTS");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        var config = variables.get("XDG_CONFIG_HOME");
        if (config != null && Path.of(config).isAbsolute()) {
            return Path.of(config, "batchmesh", "environments.json");
        }
        var home = variables.get("HOME");
        return home == null ? null : Path.of(home, ".config", "batchmesh", "environments.json");
    }

    /** Reads the file of the user. */
    public static Read read(Map<String, String> variables) {
        var file = place(variables);
        return file == null ? new Read.Known(NONE) : read(file, variables);
    }

    /** Reads a file; {@link #NONE} where there is none. */
    public static Read read(Path file, Map<String, String> variables) {
        byte[] text;
        try (var in = Files.newInputStream(file)) {
            text = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            return new Read.Known(NONE);
        } catch (IOException e) {
            return unusable(file, "cannot be read: " + e.getMessage());
        }
        if (text.length > MOST_BYTES) {
            return unusable(file, "longer than 1 MiB");
        }
        return switch (JsonDocument.parse(text)) {
            case Parsed.Bad bad -> new Read.Unusable(file, List.of(bad.fault()));
            case Parsed.Ok(var document) -> read(file, document, variables);
        };
    }

    private static Read.Unusable unusable(Path file, String why) {
        return new Read.Unusable(file, List.of(new Fault("", 0, 0, why, "mend or remove it")));
    }

    private static Read read(Path file, JsonDocument document, Map<String, String> variables) {
        var faults = new Faults(document);
        var paths = new Paths(file.toAbsolutePath().getParent(), variables);
        var found =
                document.read(
                        faults,
                        o -> new TreeMap<>(o.map("environments", e -> environment(e, paths))));
        for (var name : found.keySet()) {
            if (!NAME.matcher(name).matches() || name.equals("local") || name.equals("drawn")) {
                faults.add(
                        "/environments/" + name,
                        "this cannot be the name of an environment",
                        "letters, digits, '.', '_' and '-'; not 'local' or 'drawn'");
            }
        }
        return faults.isEmpty()
                ? new Read.Known(new Environments(found))
                : new Read.Unusable(file, faults.list());
    }

    private static KnownEnvironment environment(ObjectReader o, Paths paths) {
        var files =
                new CertificatePaths(
                        CertificatePaths.reference(paths.of(o, "clientCertificate")),
                        CertificatePaths.reference(paths.of(o, "clientKey")),
                        CertificatePaths.reference(paths.of(o, "ca")),
                        CertificatePaths.reference(paths.of(o, "keyPassword")));
        if (files.key() != null && files.certificate() == null) {
            o.fault("clientKey", "a key without a certificate", "add \"clientCertificate\"");
        }
        return new KnownEnvironment(
                paths.of(o, "tokenFile"),
                files,
                o.object("prometheus", p -> prometheus(p, paths)),
                o.optionalString("traces"));
    }

    private static PrometheusPlace prometheus(ObjectReader o, Paths paths) {
        var token = paths.of(o, "tokenFile");
        var user = o.optionalString("user");
        var password = paths.of(o, "passwordFile");
        Credentials credentials = Credentials.NONE;
        if (token != null && user == null && password == null) {
            credentials = new Credentials.Bearer(token);
        } else if (token == null && user != null && password != null) {
            credentials = new Credentials.Basic(user, password);
        } else if (token != null || user != null || password != null) {
            o.faultHere(
                    "credentials that contradict one another",
                    "either \"tokenFile\", or \"user\" with \"passwordFile\"");
        }
        return new PrometheusPlace(address(o), new Access(paths.of(o, "ca"), credentials));
    }

    private static URI address(ObjectReader o) {
        var nowhere = URI.create("http://127.0.0.1");
        try {
            var address = new URI(o.string("url"));
            var scheme = address.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            if (web && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        o.fault(
                "url",
                "this is no address of a Prometheus server",
                "such as https://prometheus.example:9090; credentials go into files");
        return nowhere;
    }

    /**
     * Finds the files that are named.
     *
     * @param from where paths begin that are not absolute
     */
    private record Paths(@Nullable Path from, Map<String, String> variables) {
        @Nullable Path of(ObjectReader o, String field) {
            var text = o.optionalString(field);
            if (text != null && text.startsWith(VARIABLE)) {
                var name = text.substring(VARIABLE.length());
                text = variables.get(name);
                if (text == null || text.isEmpty()) {
                    o.fault(field, "the environment variable " + name + " is not set", "set it");
                    return null;
                }
            }
            if (text == null) {
                return null;
            }
            return from == null ? Path.of(text) : from.resolve(text);
        }
    }
}
