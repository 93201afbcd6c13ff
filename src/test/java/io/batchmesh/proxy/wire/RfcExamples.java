package io.batchmesh.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** The examples of RFC 9292, section 5. */
final class RfcExamples {
    private static final String KNOWN_REQUEST =
            """
            00034745 54056874 74707300 0a2f6865
            6c6c6f2e 74787440 6c0a7573 65722d61
            67656e74 34637572 6c2f372e 31362e33
            206c6962 6375726c 2f372e31 362e3320
            4f70656e 53534c2f 302e392e 376c207a
            6c69622f 312e322e 3304686f 73740f77
            77772e65 78616d70 6c652e63 6f6d0f61
            63636570 742d6c61 6e677561 67650665
            6e2c206d 690000
            """;

    private static final String OPEN_REQUEST =
            """
            02034745 54056874 74707300 0a2f6865
            6c6c6f2e 7478740a 75736572 2d616765
            6e743463 75726c2f 372e3136 2e33206c
            69626375 726c2f37 2e31362e 33204f70
            656e5353 4c2f302e 392e376c 207a6c69
            622f312e 322e3304 686f7374 0f777777
            2e657861 6d706c65 2e636f6d 0f616363
            6570742d 6c616e67 75616765 06656e2c
            206d6900 00000000 00000000 00000000
            """;

    private static final String OPEN_RESPONSE =
            """
            03406607 72756e6e 696e670a 22736c65
            65702031 35220040 67046c69 6e6b233c
            2f737479 6c652e63 73733e3b 2072656c
            3d707265 6c6f6164 3b206173 3d737479
            6c65046c 696e6b24 3c2f7363 72697074
            2e6a733e 3b207265 6c3d7072 656c6f61
            643b2061 733d7363 72697074 0040c804
            64617465 1d4d6f6e 2c203237 204a756c
            20323030 39203132 3a32383a 35332047
            4d540673 65727665 72064170 61636865
            0d6c6173 742d6d6f 64696669 65641d57
            65642c20 3232204a 756c2032 30303920
            31393a31 353a3536 20474d54 04657461
            67142233 34616133 38372d64 2d313536
            38656230 30220d61 63636570 742d7261
            6e676573 05627974 65730e63 6f6e7465
            6e742d6c 656e6774 68023531 04766172
            790f4163 63657074 2d456e63 6f64696e
            670c636f 6e74656e 742d7479 70650a74
            6578742f 706c6169 6e003348 656c6c6f
            20576f72 6c642120 4d792063 6f6e7465
            6e742069 6e636c75 64657320 61207472
            61696c69 6e672043 524c462e 0d0a0000
            """;

    private static final String KNOWN_RESPONSE =
            """
            0140c800 1d546869 7320636f 6e74656e
            7420636f 6e746169 6e732043 524c462e
            0d0a0d07 74726169 6c657204 74657874
            """;

    private RfcExamples() {}

    static ByteBuf knownRequest() {
        return bytes(KNOWN_REQUEST);
    }

    static ByteBuf openRequest() {
        return bytes(OPEN_REQUEST);
    }

    static ByteBuf openResponse() {
        return bytes(OPEN_RESPONSE);
    }

    static ByteBuf knownResponse() {
        return bytes(KNOWN_RESPONSE);
    }

    /** Bytes from hexadecimal digits and blanks. */
    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }
}
