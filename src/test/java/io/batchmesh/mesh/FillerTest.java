package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FillerTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String START = "{\"requestId\":\"0123456789abcdef\",";

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 100, 128, 200, 512, 1024, 2048, 4096, 100_000, 1 << 20})
    void anObjectIsJsonOfTheSizeAsked(int size) {
        var text = Filler.INSTANCE.object(START, size, size);
        assertEquals(size, text.length());
        var parsed = MAPPER.readTree(text);
        assertEquals("0123456789abcdef", parsed.get("requestId").stringValue());
    }

    @Test
    void aBodyCompressesLikeAnAnswerOfAnApi() {
        var text = Filler.INSTANCE.object(START, 3, 4096);
        int packed = Zstd.compress(text.getBytes(StandardCharsets.US_ASCII), 3).length;
        assertTrue(packed > 4096 / 10 && packed < 4096 / 2, "4096 bytes became " + packed);
        assertNotEquals(text, Filler.INSTANCE.object(START, 4, 4096));
        assertEquals(text, Filler.INSTANCE.object(START, 3, 4096));
    }
}
