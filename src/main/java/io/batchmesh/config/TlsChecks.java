package io.batchmesh.config;

import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.json.Faults;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What a config must hold so that all that it wants secured can be secured. */
final class TlsChecks {
    private static final String NEVER = "; it never falls back to clear text";

    private TlsChecks() {}

    static void check(ProxyConfig config, Faults faults) {
        var tls = config.tls();
        if (tls != null) {
            references(tls, faults);
            shows(tls, tls.mode(), "/tls", "TLS of the mode " + tls.mode().label(), faults);
            shows(tls, tls.outbound(), "/tls", "TLS on the outbound listener", faults);
        }
        for (int i = 0; i < config.links().size(); i++) {
            var link = config.links().get(i);
            for (var subset : link.subsets().entrySet()) {
                for (int j = 0; j < subset.getValue().size(); j++) {
                    var at = "/links/%d/subsets/%s/%d".formatted(i, subset.getKey(), j);
                    upstream(config, subset.getValue().get(j), at, faults);
                }
            }
        }
    }

    private static void upstream(
            ProxyConfig config, LinkConfig.Upstream upstream, String at, Faults faults) {
        if (upstream.peer() == Peer.PLAIN && upstream.tls() != null) {
            faults.add(
                    at + "/tls",
                    "only sidecars are called by TLS" + NEVER,
                    "take it away, or let a sidecar answer there");
        }
        var mode = config.tlsMode(upstream);
        var tls = config.tls();
        if (mode.on() && (tls == null || tls.authority() == null)) {
            faults.add(
                    upstream.tls() == null ? "/tls" : at + "/tls",
                    "calling a sidecar by TLS needs an authority to check it against" + NEVER,
                    "add tls.authority, such as file:ca.pem");
        }
        if (mode == TlsMode.MUTUAL && (tls == null || tls.certificate() == null)) {
            faults.add(
                    upstream.tls() == null ? "/tls" : at + "/tls",
                    "calling a sidecar by mutual TLS needs a certificate to show" + NEVER,
                    "add tls.certificate and tls.key");
        }
    }

    private static void shows(TlsConfig tls, TlsMode mode, String at, String what, Faults faults) {
        if (mode.on() && tls.certificate() == null) {
            faults.add(
                    at, what + " needs a certificate" + NEVER, "add certificate, or set it to off");
        }
        if (mode == TlsMode.MUTUAL && tls.authority() == null) {
            faults.add(
                    at,
                    what + " needs an authority to check callers against" + NEVER,
                    "add authority, such as file:ca.pem");
        }
    }

    private static void references(TlsConfig tls, Faults faults) {
        reference(tls.certificate(), "/tls/certificate", faults);
        reference(tls.key(), "/tls/key", faults);
        reference(tls.authority(), "/tls/authority", faults);
        reference(tls.password(), "/tls/password", faults);
        var certificate = tls.certificate();
        if (certificate == null) {
            if (tls.key() != null) {
                faults.add("/tls/key", "a key without a certificate", "add certificate");
            }
            return;
        }
        boolean store = CertificatePaths.isPkcs12(certificate);
        if (store && tls.key() != null) {
            faults.add("/tls/key", "a PKCS #12 file has its key in it", "take it away");
        } else if (!store && tls.key() == null) {
            faults.add("/tls", "a certificate needs its key", "add key, such as file:key.pem");
        }
    }

    private static void reference(@Nullable String text, String at, Faults faults) {
        if (text == null) {
            return;
        }
        var problems = new ArrayList<String>();
        if (!text.startsWith(TlsConfig.FILE) || text.length() == TlsConfig.FILE.length()) {
            // The text itself is not repeated: it may be the secret.
            problems.add("this is no reference to a file");
        } else if (text.indexOf('\0') >= 0) {
            problems.add("a file name has no NUL in it");
        }
        problems.forEach(p -> faults.add(at, p, "write file: and a path, such as file:cert.pem"));
    }
}
