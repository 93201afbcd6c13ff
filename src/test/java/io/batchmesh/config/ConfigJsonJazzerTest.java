package io.batchmesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes at all as a config: a config, or faults that say what is wrong; and a config, written
 * out, is read as the same one.
 */
class ConfigJsonJazzerTest {
    @FuzzTest(maxDuration = "5m")
    void bytesAreAConfigOrFaults(byte[] bytes) {
        switch (ConfigJson.read(bytes)) {
            case ConfigResult.Valid valid -> {
                var text = ConfigJson.pretty(valid.config()).getBytes(StandardCharsets.UTF_8);
                assertEquals(valid, ConfigJson.read(text));
                ConfigVersion.of(valid.config());
            }
            case ConfigResult.Invalid invalid -> {
                assertFalse(invalid.faults().isEmpty());
                invalid.faults().forEach(fault -> assertFalse(fault.describe().isBlank()));
            }
        }
    }
}
