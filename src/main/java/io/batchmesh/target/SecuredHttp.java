package io.batchmesh.target;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.certificate.Credentials;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** HTTP clients that show a certificate and trust an authority of their own. */
public final class SecuredHttp {
    private SecuredHttp() {}

    /**
     * A client that shares connections and threads with another.
     *
     * @param files as they are now; they are not looked at again
     * @return {@code http} itself where no file is named
     * @throws CertificateFault when a file cannot be used
     */
    public static OkHttpClient of(OkHttpClient http, CertificatePaths files, Instant now)
            throws CertificateFault {
        if (files.equals(CertificatePaths.NONE)) {
            return http;
        }
        var credentials = Credentials.read(files, now);
        try {
            var trusted = trusted(credentials);
            var context = SSLContext.getInstance("TLS");
            context.init(keys(credentials), new X509TrustManager[] {trusted}, null);
            return http.newBuilder().sslSocketFactory(context.getSocketFactory(), trusted).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateFault(
                    "certificate", "cannot be used: " + e.getMessage(), "check key and chain");
        }
    }

    /** A client that shows a bearer token with every request, and follows nobody elsewhere. */
    public static OkHttpClient withToken(OkHttpClient http, String token) {
        return http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(chain ->
                        chain.proceed(
                                chain.request()
                                        .newBuilder()
                                        .header("Authorization", "Bearer " + token)
                                        .build()))
                .build();
    }

    private static X509TrustManager trusted(Credentials credentials)
            throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (!credentials.authorities().isEmpty()) {
            store = empty();
            for (int i = 0; i < credentials.authorities().size(); i++) {
                store.setCertificateEntry("authority-" + i, credentials.authorities().get(i));
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java checks no certificates");
    }

    private static KeyManager @Nullable [] keys(Credentials credentials)
            throws GeneralSecurityException, IOException {
        if (credentials.key() == null) {
            return null;
        }
        var password = new char[0];
        var store = empty();
        List<? extends Certificate> chain = credentials.chain();
        store.setKeyEntry("own", credentials.key(), password, chain.toArray(new Certificate[0]));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
