package io.batchmesh.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** A buffer that grows with the body that is read into it. */
interface Growing {
    byte[] buffer();

    /**
     * Makes it longer.
     *
     * @param length bytes that are to be kept
     * @param wanted its length then
     * @param patience how long to wait for memory
     * @return the buffer as it is then
     * @throws IOException when there is no memory for it
     */
    byte[] grow(int length, int wanted, Duration patience) throws IOException;

    /** One that always finds memory. */
    static Growing of(byte[] first) {
        return new Growing() {
            private byte[] buffer = first;

            @Override
            public byte[] buffer() {
                return buffer;
            }

            @Override
            public byte[] grow(int length, int wanted, Duration patience) {
                buffer = Arrays.copyOf(buffer, wanted);
                return buffer;
            }
        };
    }
}
