package io.batchmesh.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.mesh.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String SECRET = "s3cret-canary";

    private final OkHttpClient base = new OkHttpClient();
    private final MockWebServer server = new MockWebServer();

    @TempDir private Path folder;

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        base.connectionPool().evictAll();
        base.dispatcher().executorService().shutdown();
    }

    private int get(Access access) throws Exception {
        server.enqueue(new MockResponse.Builder().code(200).build());
        return getOnly(access);
    }

    private int getOnly(Access access) throws Exception {
        var request = new Request.Builder().url(server.url("/metrics")).build();
        try (var response = access.client(base).newCall(request).execute()) {
            return response.code();
        }
    }

    private String sent() throws InterruptedException {
        return String.valueOf(server.takeRequest().getHeaders().get("Authorization"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aTokenIsReadAnewForEachRequest() throws Exception {
        var file = file("token", "first\n");
        var client = Access.bearer(file).client(base);
        var request = new Request.Builder().url(server.url("/")).build();
        for (var token : List.of("first", "second")) {
            file("token", token + "\n");
            server.enqueue(new MockResponse.Builder().code(200).build());
            client.newCall(request).execute().close();
            assertEquals("Bearer " + token, sent());
        }
    }

    @Test
    void aUserIsNamedWithHisPassword() throws Exception {
        var password = file("password", "sésame\n");
        get(new Access(null, new Credentials.Basic("zoë", password)));
        assertEquals("Basic em/Dqzpzw6lzYW1l", sent());
    }

    @Test
    void withoutCredentialsNothingIsSent() throws Exception {
        get(Access.NONE);
        assertEquals("null", sent());
    }

    @Test
    void aMissingOrEmptyOrBrokenFileSendsNothingAndNamesTheFileAlone() throws Exception {
        var missing = folder.resolve("missing");
        var error =
                assertThrows(Access.SecretException.class, () -> getOnly(Access.bearer(missing)));
        assertEquals("the file of the secret cannot be read: " + missing, error.getMessage());
        for (var text : List.of("", "  \n", SECRET + "\nX-Evil: 1")) {
            var file = file("broken", text);
            var broken =
                    assertThrows(Access.SecretException.class, () -> getOnly(Access.bearer(file)));
            assertFalse(broken.getMessage().contains(SECRET));
        }
        assertEquals(0, server.getRequestCount());
    }

    @Test
    void aRedirectionIsNotFollowedAndTakesTheTokenNowhere() throws Exception {
        try (var trap = new MockWebServer()) {
            trap.start();
            server.enqueue(
                    new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", trap.url("/x").toString())
                            .build());
            assertEquals(302, getOnly(Access.bearer(file("token", SECRET))));
            assertEquals(0, trap.getRequestCount());
        }
    }

    @Test
    void aServerIsBelievedIfItsAuthorityIsNamedAndOnlyThen() throws Exception {
        var now = Instant.now();
        var authority = CertificateAuthority.create("ours", now, Duration.ofDays(1));
        var other = CertificateAuthority.create("others", now, Duration.ofDays(1));
        var name = server.getHostName();
        var issued =
                authority.issue(
                        new CertificateAuthority.Subject(
                                "server",
                                List.of(name),
                                now.minusSeconds(60),
                                now.plusSeconds(3600)));
        server.useHttps(context(issued).getSocketFactory());
        var ours = file("ca.pem", authority.certificatePem());
        var theirs = file("other.pem", other.certificatePem());
        var none = Credentials.NONE;
        assertEquals(200, get(new Access(ours, none)));
        assertThrows(SSLException.class, () -> getOnly(new Access(theirs, none)));
        assertThrows(SSLException.class, () -> getOnly(Access.NONE));
        var both = file("both.pem", other.certificatePem() + authority.certificatePem());
        assertEquals(200, get(new Access(both, none)));
    }

    private static SSLContext context(CertificateAuthority.Issued issued) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var chain = new java.security.cert.Certificate[] {issued.certificate()};
        store.setKeyEntry("key", issued.key(), new char[0], chain);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aFileThatHoldsNoAuthorityIsRefusedByItsName() throws Exception {
        var missing = new Access(folder.resolve("no.pem"), Credentials.NONE);
        var error = assertThrows(AccessException.class, () -> missing.client(base));
        assertTrue(String.valueOf(error.getMessage()).contains("no.pem"), error.getMessage());
        for (var text : List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n", SECRET)) {
            var access = new Access(file("bad.pem", text), Credentials.NONE);
            var bad = assertThrows(AccessException.class, () -> access.client(base));
            assertTrue(String.valueOf(bad.getMessage()).contains("bad.pem"), bad.getMessage());
            assertFalse(String.valueOf(bad.getMessage()).contains(SECRET));
        }
    }

    @Test
    void itsWordsHoldNoSecret() throws IOException {
        var access = new Access(null, new Credentials.Basic("zoë", file("p", SECRET)));
        assertFalse(access.toString().contains(SECRET));
        assertNull(access.authority());
    }
}
