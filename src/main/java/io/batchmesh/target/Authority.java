package io.batchmesh.target;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Authorities that are believed in place of those of the Java runtime. Host names are checked all
 * the same.
 */
record Authority(SSLSocketFactory sockets, X509TrustManager manager) {
    private static final long MOST_BYTES = 4 << 20;

    static Authority read(Path file) throws AccessException {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            if (Files.size(file) > MOST_BYTES) {
                throw new CertificateException("it is longer than 4 MiB");
            }
            try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                var number = 0;
                for (var certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    trusted.setCertificateEntry("authority-" + number++, certificate);
                }
                if (number == 0) {
                    throw new CertificateException("it holds no certificate");
                }
            }
            return of(trusted);
        } catch (NoSuchFileException e) {
            throw new AccessException("there is no file of authorities " + file, e);
        } catch (IOException | GeneralSecurityException e) {
            throw new AccessException(
                    "the authorities in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Authority of(KeyStore trusted) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                var context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {x509}, null);
                return new Authority(context.getSocketFactory(), x509);
            }
        }
        throw new GeneralSecurityException("the Java runtime knows no X.509");
    }
}
