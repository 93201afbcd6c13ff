package io.batchmesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsChecksTest {
    private static final String PAIR = "'certificate':'file:c.pem','key':'file:k.pem'";

    private static ConfigResult read(String tls, String upstream) {
        var text =
                """
                {'format':'batchmesh-proxy/v1','proxy':'p','service':'s',
                 'listeners':{'outbound':'127.0.0.1:0','inbound':'127.0.0.1:0'},
                 'links':[{'link':'s->t','host':'t',
                   'routes':[{'name':'default','split':{'v1':1}}],
                   'subsets':{'v1':[{'address':'127.0.0.1:1'%s}]}}]%s}\
                """
                        .formatted(upstream, tls.isEmpty() ? "" : ",'tls':{" + tls + "}");
        return ConfigJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String fault(String tls, String upstream) {
        var invalid = assertInstanceOf(ConfigResult.Invalid.class, read(tls, upstream));
        return invalid.faults().getFirst().pointer();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'mode':'mutual' | /tls",
                "'mode':'permissive' | /tls/mode",
                "'mode':'simple','certificate':'file:c.pem' | /tls",
                "'mode':'off','certificate':'c.pem','key':'file:k.pem' | /tls/certificate",
                "'mode':'off','key':'file:k.pem' | /tls/key",
                "'mode':'off','certificate':'file:c.p12','key':'file:k.pem' | /tls/key",
                "'mode':'off','password':'secret' | /tls/password",
                "'mode':'off','outbound':'simple' | /tls",
                "'certificate':'file:c.pem','key':'file:k.pem' | /tls"
            })
    void whatCannotBeSecuredIsRefusedWithItsPlace(String tls, String place) {
        assertEquals(place, fault(tls, ""));
    }

    @Test
    void aCallerNeedsWhatItsPeersAskFor() {
        var mutual = ",'peer':'sidecar','tls':{'mode':'mutual'}";
        assertEquals("/links/0/subsets/v1/0/tls", fault("", mutual));
        assertEquals("/links/0/subsets/v1/0/tls", fault("'mode':'off'," + PAIR, mutual));
        assertEquals("/tls", fault("'mode':'simple'," + PAIR, ",'peer':'sidecar'"));
        var all = "'mode':'off'," + PAIR + ",'authority':'file:ca.pem'";
        assertInstanceOf(ConfigResult.Valid.class, read(all, mutual));
        assertEquals(
                "/links/0/subsets/v1/0/tls", fault(all, ",'peer':'plain','tls':{'mode':'mutual'}"));
    }

    @Test
    void aSecretInPlaceOfAReferenceIsNotRepeated() {
        var invalid =
                assertInstanceOf(
                        ConfigResult.Invalid.class, read("'mode':'off','password':'hunter2'", ""));
        assertFalse(invalid.faults().toString().contains("hunter2"));
    }

    @Test
    void newFieldsSurviveWritingAndAreLeftOutWhereUsual() {
        var tls =
                "'mode':'mutual','certificate':'file:c.p12','authority':'file:ca.pem',"
                        + "'password':'file:pw','outbound':'simple'";
        var upstream = ",'peer':'sidecar','protocol':'grpc','tls':{'mode':'simple','identity':'u'}";
        var read = assertInstanceOf(ConfigResult.Valid.class, read(tls, upstream)).config();
        var text = ConfigJson.pretty(read).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                read, assertInstanceOf(ConfigResult.Valid.class, ConfigJson.read(text)).config());
        var first = read.links().getFirst().subsets().get("v1").getFirst();
        assertEquals(TlsMode.SIMPLE, read.tlsMode(first));
        assertTrue(first.protocol().multiplexed());
        var plain = assertInstanceOf(ConfigResult.Valid.class, read("", "")).config();
        assertFalse(ConfigJson.pretty(plain).contains("protocol"));
    }
}
