package io.karyoflow.trainer.pretrained;

import java.nio.ByteBuffer;

/** The types of number that safetensors files hold and that a network can use. */
enum ElementType {
    F32(4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getFloat(4 * index);
        }
    },
    /** IEEE 754 half precision: sign, 5 bits of exponent, 10 of fraction */
    F16(2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            int half = bytes.getShort(2 * index);
            int exponent = half >> 10 & 31;
            int fraction = half & 1023;
            float size =
                    switch (exponent) {
                        case 0 -> Math.scalb((float) fraction, -24);
                        case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                        default -> Math.scalb((float) (1024 + fraction), exponent - 25);
                    };
            return half < 0 ? -size : size;
        }
    },
    /** the upper half of an F32 */
    BF16(2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return Float.intBitsToFloat(bytes.getShort(2 * index) << 16);
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** of one number */
    int bytes() {
        return bytes;
    }

    /** @param bytes little-endian */
    abstract float at(ByteBuffer bytes, int index);
}
