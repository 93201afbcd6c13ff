package io.batchmesh.mesh;

import io.batchmesh.model.Tls;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.translate.SidecarSite;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a local mesh, in a directory that nobody else can read. Each is renewed, with
 * a fresh key, when half of its life is over. Safe for use by several threads.
 */
final class MeshCertificates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshCertificates.class);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(30);

    private final List<SidecarSite> sites;
    private final MeshParts parts;
    private final Duration life;
    private final Path directory;
    private final CertificateAuthority authority;
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Future<?> renewing;
    private boolean closed;

    private MeshCertificates(
            List<SidecarSite> sites, Duration life, MeshParts parts, Path directory) {
        this.sites = sites;
        this.life = life;
        this.parts = parts;
        this.directory = directory;
        authority =
                CertificateAuthority.create(
                        "batchmesh local mesh", parts.clocks().now(), AUTHORITY_LIFE);
    }

    /** Whether anything in a topology is called by TLS. */
    static boolean wanted(Topology topology) {
        var services = topology.services().values().stream().map(s -> s.traffic());
        var links = topology.links().values().stream().map(l -> l.traffic());
        return Stream.concat(services, links).map(Traffic::tls).anyMatch(MeshCertificates::isOn);
    }

    private static boolean isOn(@Nullable Tls tls) {
        return tls != null && tls.mode() != Tls.Mode.OFF;
    }

    /** Issues one for each sidecar. */
    static MeshCertificates issue(List<SidecarSite> sites, Duration life, MeshParts parts)
            throws MeshFailure {
        try {
            var directory = Files.createTempDirectory("batchmesh-tls-");
            var made = new MeshCertificates(sites, life, parts, directory);
            write(directory.resolve("ca.pem"), made.authority.certificatePem());
            made.issueAll();
            long half = Math.max(1, life.toMillis() / 2);
            made.renewing =
                    parts.loops()
                            .next()
                            .scheduleAtFixedRate(
                                    () -> parts.io().execute(made::renew),
                                    half,
                                    half,
                                    TimeUnit.MILLISECONDS);
            return made;
        } catch (IOException e) {
            throw new MeshFailure("certificates cannot be written: " + e.getMessage(), e);
        }
    }

    /** Where they are; see {@link io.batchmesh.translate.AddressBook#certificates}. */
    String directory() {
        return directory.toString();
    }

    private void renew() {
        writing.lock();
        try {
            if (!closed) {
                issueAll();
                LOG.debug("{} certificates are renewed", sites.size());
            }
        } catch (IOException e) {
            LOG.warn("certificates cannot be renewed: {}", e.getMessage());
        } finally {
            writing.unlock();
        }
    }

    private void issueAll() throws IOException {
        for (var site : sites) {
            var own = directory.resolve(site.proxy().name());
            Files.createDirectories(own);
            var issued = authority.issue(site.service().name(), parts.clocks().now(), life);
            write(own.resolve("key.pem"), issued.keyPem());
            write(own.resolve("cert.pem"), issued.certificatePem());
        }
    }

    /** Whole or not at all, and never readable for others. */
    private static void write(Path file, String text) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        var posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        if (posix) {
            var own = PosixFilePermissions.fromString("rw-------");
            Files.createFile(beside, PosixFilePermissions.asFileAttribute(own));
        }
        Files.writeString(beside, text);
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Ends renewing and removes the files. */
    @Override
    public void close() {
        var schedule = renewing;
        if (schedule != null) {
            schedule.cancel(false);
        }
        writing.lock();
        try {
            closed = true;
            Files.walkFileTree(directory, new Removal());
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", directory, e.getMessage());
        } finally {
            writing.unlock();
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
