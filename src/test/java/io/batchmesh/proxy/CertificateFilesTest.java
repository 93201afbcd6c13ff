package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.mesh.CertificateAuthority.Issued;
import io.batchmesh.mesh.CertificateAuthority.Subject;
import io.batchmesh.policy.BatchWindow;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    private static final String PBE = "PBEWithHmacSHA256AndAES_256";

    private static Issued fresh(String service) {
        return Certificates.OURS.issue(service, Instant.now(), Duration.ofHours(1));
    }

    private static Sidecar back(StandInService service, TlsConfig tls) throws IOException {
        return Sidecar.start(Configs.called(service.address()).withTls(tls), Loops.PARTS);
    }

    private static Sidecar front(Sidecar back, TlsConfig tls) throws IOException {
        return Sidecar.start(
                Configs.caller(Loops.to(back, BatchWindow.DEFAULT)).withTls(tls), Loops.PARTS);
    }

    private static int status(Sidecar front) throws IOException {
        try (var client = new RawClient(front.outboundAddress())) {
            return client.ask("GET / HTTP/1.1\r\nHost: back\r\n\r\n").status();
        }
    }

    @Test
    void newPairsAreTakenUnderLoadWithoutAnError(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"));
                var front = front(back, certificates.good("front"))) {
            int total = 4_000;
            var load = new LoadClient(Loops.GROUP, front.outboundAddress(), HttpMethod.POST, total);
            load.start(8);
            for (int i = 1; i <= 5; i++) {
                int seen = i * 500;
                assertTrue(Loops.soon(() -> load.count(200) >= seen), load.toString());
                certificates.files("back", fresh("back"));
                certificates.files("front", fresh("front"));
                back.pollCertificates();
                front.pollCertificates();
            }
            assertTrue(load.await(30), load.toString());
            assertEquals(total, load.count(200), load.toString());
            assertEquals(0, load.wrong());
            var seen = Scraped.of(front);
            assertEquals(5, seen.value("batchmesh_tls_reloads", "result", "ok"));
            assertTrue(seen.value("batchmesh_tls_handshakes", "result", "ok") >= 2);
        }
    }

    @Test
    void aBrokenPairKeepsTheOldOneAndIsSaid(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"));
                var front = front(back, certificates.good("front"))) {
            assertEquals(200, status(front));
            certificates.write("back-key.pem", fresh("back").keyPem());
            back.pollCertificates();
            assertFalse(back.status().at("/tls").has("fault"), "it may be half-written");
            back.pollCertificates();
            var fault = back.status().at("/tls/fault").asString();
            assertTrue(fault.contains("/tls/key") && fault.contains("stay in force"), fault);
            assertEquals(1, Scraped.of(back).value("batchmesh_tls_reloads", "result", "failed"));
            try (var late = front(back, certificates.good("front"))) {
                assertEquals(200, status(late));
            }
            certificates.files("back", fresh("back"));
            back.pollCertificates();
            assertFalse(back.status().at("/tls").has("fault"));
            assertEquals(1, Scraped.of(back).value("batchmesh_tls_reloads", "result", "ok"));
        }
    }

    @Test
    void pkcs12AndEncryptedKeysAreOpenedByAPasswordFile(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        certificates.write("password", "s3cret\n");
        var password = certificates.reference("password");
        store(dir.resolve("back.p12"), fresh("back"));
        var issued = fresh("front");
        certificates.files("front", issued);
        certificates.write("front-key.pem", encrypted(issued));
        var p12 =
                new TlsConfig(
                        TlsMode.MUTUAL,
                        certificates.reference("back.p12"),
                        null,
                        certificates.reference("ca.pem"),
                        password,
                        TlsMode.OFF);
        var pem =
                new TlsConfig(
                        TlsMode.MUTUAL,
                        certificates.reference("front-cert.pem"),
                        certificates.reference("front-key.pem"),
                        certificates.reference("ca.pem"),
                        password,
                        TlsMode.OFF);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, p12);
                var front = front(back, pem)) {
            assertEquals(200, status(front));
            assertFalse(front.status().toString().contains("s3cret"));
            certificates.write("password", "wrong");
            var config = front.config().withTls(pem);
            assertEquals("/tls/key", front.check(config).getFirst().pointer());
            assertEquals("/tls/certificate", back.check(config.withTls(p12)).getFirst().pointer());
        }
    }

    private static void store(Path file, Issued issued) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var password = "s3cret".toCharArray();
        store.setKeyEntry("own", issued.key(), password, new Certificate[] {issued.certificate()});
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    private static String encrypted(Issued issued) throws GeneralSecurityException, IOException {
        var key =
                SecretKeyFactory.getInstance(PBE)
                        .generateSecret(new PBEKeySpec("s3cret".toCharArray()));
        var cipher = Cipher.getInstance(PBE);
        var iv = new IvParameterSpec(new byte[16]);
        cipher.init(Cipher.ENCRYPT_MODE, key, new PBEParameterSpec(new byte[16], 10_000, iv));
        var parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        var info =
                new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(issued.key().getEncoded()));
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(info.getEncoded())
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    @Test
    void theOutboundListenerSpeaksTlsAndAlpnWhenAsked(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        var now = Instant.now();
        var names = List.of("front", "localhost");
        var issued =
                Certificates.OURS.issue(
                        new Subject("front", names, now.minusSeconds(60), now.plusSeconds(600)));
        var files = certificates.files("front", issued);
        var tls =
                new TlsConfig(
                        TlsMode.OFF, files.certificate(), files.key(), null, null, TlsMode.SIMPLE);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var front =
                        Sidecar.start(
                                Configs.caller(
                                                Configs.link(
                                                        service.address(),
                                                        Peer.PLAIN,
                                                        Configs.off()))
                                        .withTls(tls),
                                Loops.PARTS)) {
            assertEquals("h2 GET /s ", ask(front, Protocol.HTTP_2, Protocol.HTTP_1_1));
            assertEquals("http/1.1 GET /s ", ask(front, Protocol.HTTP_1_1));
        }
    }

    private static String ask(Sidecar front, Protocol... protocols) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", Certificates.OURS.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var client =
                new OkHttpClient.Builder()
                        .protocols(List.of(protocols))
                        .sslSocketFactory(
                                context.getSocketFactory(),
                                (X509TrustManager) trust.getTrustManagers()[0])
                        .build();
        var request =
                new Request.Builder()
                        .url("https://localhost:" + front.outboundAddress().getPort() + "/s")
                        .header("Host", "back")
                        .build();
        try (var response = client.newCall(request).execute()) {
            return response.protocol() + " " + response.body().string();
        }
    }
}
