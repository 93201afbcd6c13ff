package io.batchmesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.batchmesh.json.Fault;
import io.batchmesh.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header changes and rewrites in a proxy config: what is kept, and what is refused where. */
class ConfigAdjustmentsTest {
    private static ConfigResult read(String route) {
        var text =
                """
                {'format':'batchmesh-proxy/v1','proxy':'p','service':'s',
                 'listeners':{'outbound':'127.0.0.1:1','inbound':'127.0.0.1:2'},
                 'links':[{'link':'s->t','host':'t',
                  'routes':[{'name':'r','split':{'v1':1},%s}],
                  'subsets':{'v1':[{'address':'127.0.0.1:9'}]}}]}
                """
                        .formatted(route)
                        .replace('\'', '"');
        return ConfigJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var route =
                "'match':{'path':{'prefix':'/a'}},"
                        + "'requestHeaders':{'set':{'x-a':'1'},'add':{'x-b':'2'},'remove':['c']},"
                        + "'responseHeaders':{'remove':['server']},"
                        + "'rewrite':{'prefix':'/b','host':'t.example:80'}";
        var valid = assertInstanceOf(ConfigResult.Valid.class, read(route));
        var again = ConfigJson.read(JsonText.canonical(ConfigJson.write(valid.config())));
        assertEquals(valid, again);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'requestHeaders':{'set':{'Host':'x'}} | /requestHeaders/set/Host",
                "'requestHeaders':{'add':{'content-length':'5'}}"
                        + " | /requestHeaders/add/content-length",
                "'requestHeaders':{'remove':['transfer-encoding']} | /requestHeaders/remove/0",
                "'responseHeaders':{'set':{'Connection':'close'}}"
                        + " | /responseHeaders/set/Connection",
                "'responseHeaders':{'set':{'keep-alive':'1'}} | /responseHeaders/set/keep-alive",
                "'responseHeaders':{'set':{'a':'x\\r\\nb: c'}} | /responseHeaders/set/a",
                "'responseHeaders':{'set':{'a':'x\\ny'}} | /responseHeaders/set/a",
                "'responseHeaders':{'set':{'a':'x\\u0000y'}} | /responseHeaders/set/a",
                "'responseHeaders':{'set':{'a':'\\u00e4'}} | /responseHeaders/set/a",
                "'responseHeaders':{'set':{'a':' x'}} | /responseHeaders/set/a",
                "'requestHeaders':{'set':{'a b':'x'}} | /requestHeaders/set/a b",
                "'requestHeaders':{'add':{':path':'x'}} | /requestHeaders/add/:path",
                "'requestHeaders':{'set':{'':'x'}} | /requestHeaders/set/",
                "'rewrite':{'prefix':'/x'} | /rewrite/prefix",
                "'rewrite':{'path':'x'} | /rewrite/path",
                "'rewrite':{'path':'/x?y'} | /rewrite/path",
                "'rewrite':{'path':'/x y'} | /rewrite/path",
                "'rewrite':{'path':'/x\\r\\n'} | /rewrite/path",
                "'rewrite':{'host':'a b'} | /rewrite/host",
                "'rewrite':{'host':'a\\r\\nb'} | /rewrite/host",
                "'match':{'path':{'regex':'(a'}} | /match/path/regex",
                "'match':{'headers':{'x':{'regex':'(?=a)'}}} | /match/headers/x/regex",
                "'match':{'query':{'x':{'regex':'(a)\\\\1'}}} | /match/query/x/regex",
            })
    void whatWouldBreakAMessageIsRefusedWithItsPlace(String route, String place) {
        var invalid = assertInstanceOf(ConfigResult.Invalid.class, read(route), route);
        var places = invalid.faults().stream().map(Fault::pointer).toList();
        assertEquals(List.of("/links/0/routes/0" + place), places, route);
    }
}
