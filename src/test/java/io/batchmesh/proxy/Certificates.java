package io.batchmesh.proxy;

import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.mesh.CertificateAuthority;
import io.batchmesh.mesh.CertificateAuthority.Issued;
import io.batchmesh.mesh.CertificateAuthority.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates for tests, good and bad, as files. */
final class Certificates {
    static final CertificateAuthority OURS = authority("ours");
    static final CertificateAuthority OTHERS = authority("others");

    private final Path directory;

    Certificates(Path directory) throws IOException {
        this.directory = directory;
        write("ca.pem", OURS.certificatePem());
    }

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Instant.now(), Duration.ofDays(1));
    }

    /** A certificate of ours for a service. */
    TlsConfig good(String service) throws IOException {
        return files(service, OURS.issue(service, Instant.now(), Duration.ofHours(1)));
    }

    /** A certificate for a service that expired a minute ago. */
    static Issued expired(String service) {
        var now = Instant.now();
        return OURS.issue(
                new Subject(
                        service,
                        List.of(service),
                        now.minus(Duration.ofHours(2)),
                        now.minus(Duration.ofMinutes(1))));
    }

    /** A certificate for a service that another authority issued. */
    static Issued foreign(String service) {
        return OTHERS.issue(service, Instant.now(), Duration.ofHours(1));
    }

    /** A certificate for a service that stands for itself. */
    static Issued selfSigned(String service) {
        var own = authority(service);
        return own.issue(service, Instant.now(), Duration.ofHours(1));
    }

    /** Writes the files of a mutual config, or replaces them. */
    TlsConfig files(String service, Issued issued) throws IOException {
        write(service + "-cert.pem", issued.certificatePem());
        write(service + "-key.pem", issued.keyPem());
        return new TlsConfig(
                TlsMode.MUTUAL,
                reference(service + "-cert.pem"),
                reference(service + "-key.pem"),
                reference("ca.pem"));
    }

    String reference(String file) {
        return "file:" + directory.resolve(file);
    }

    void write(String file, String text) throws IOException {
        var beside = directory.resolve(file + ".new");
        Files.writeString(beside, text);
        Files.move(beside, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
