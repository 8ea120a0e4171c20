package io.karyoflow.common.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karyoflow.common.image.UndecodableImageException.Kind;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final int SIDE = 48;

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    @ParameterizedTest
    @CsvSource({"png,image/png", "jpg,image/jpeg", "tiff,image/tiff", "bmp,image/bmp", "gif,image/gif"})
    void decodesWhateverTheNameSays(String format, String contentType) throws Exception {
        byte[] bytes = encode(colours(BufferedImage.TYPE_INT_RGB), format);

        ImageDecoder.Decoded decoded = decoder.decode(bytes);

        assertThat(decoded.contentType()).isEqualTo(contentType);
        assertThat(decoded.image().height()).isEqualTo(SIDE);
        assertThat(decoded.image().width()).isEqualTo(SIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void keepsEveryPixelOfLosslessFormats(String format) throws Exception {
        BufferedImage image = colours(BufferedImage.TYPE_INT_RGB);

        RgbImage decoded = decoder.decode(encode(image, format)).image();

        assertThat(decoded.rgb()).isEqualTo(RgbImage.of(image).rgb());
        assertThat(decoded.toBufferedImage().getRGB(7, 3)).isEqualTo(image.getRGB(7, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "tiff", "bmp", "gif"})
    void refusesAnImageCutShortAnywhere(String format) throws Exception {
        byte[] whole = encode(colours(BufferedImage.TYPE_INT_RGB), format);

        for (double part : new double[] {0.2, 0.5, 0.9}) {
            byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));
            assertThat(refusal(cut).kind()).as("%s cut to %s", format, part).isEqualTo(Kind.BROKEN);
        }
    }

    @Test
    void refusesAPngWithoutItsLastBytes() throws Exception {
        byte[] whole = encode(colours(BufferedImage.TYPE_INT_RGB), "png");

        assertThat(refusal(Arrays.copyOf(whole, whole.length - 6))).hasMessageContaining("truncated");
    }

    @Test
    void refusesAPngWithFlippedBits() throws Exception {
        byte[] bytes = encode(colours(BufferedImage.TYPE_INT_RGB), "png");
        bytes[bytes.length / 2] ^= 0x10;

        assertThat(refusal(bytes))
                .hasMessageContaining("checksum")
                .extracting("kind")
                .isEqualTo(Kind.BROKEN);
    }

    @Test
    void refusesZeroBytesAndWhatIsNoImage() {
        assertThat(refusal(new byte[0]).kind()).isEqualTo(Kind.EMPTY);
        assertThat(refusal("Filename,Label\n".getBytes(StandardCharsets.UTF_8)).kind())
                .isEqualTo(Kind.NOT_AN_IMAGE);
        assertThat(refusal(new byte[] {1}).kind()).isEqualTo(Kind.NOT_AN_IMAGE);
    }

    @Test
    void refusesAnythingInsteadOfFailing() {
        Random random = new Random(1);
        byte[] signature = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[4 + random.nextInt(500)];
            random.nextBytes(noise);
            System.arraycopy(signature, 0, noise, 0, signature.length);
            assertThat(refusal(noise)).isNotNull();
        }
    }

    @Test
    void refusesMorePixelsThanTheLimitAndSaysWhatToDo() throws Exception {
        byte[] bytes = encode(colours(BufferedImage.TYPE_INT_RGB), "png");

        assertThat(new ImageDecoder(SIDE * SIDE).decode(bytes)).isNotNull();
        UndecodableImageException refusal = catchThrowableOfType(
                UndecodableImageException.class, () -> new ImageDecoder(SIDE * SIDE - 1).decode(bytes));

        assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refusal).hasMessageContaining("48 x 48").hasMessageContaining("karyoflow.image.max-pixels");
    }

    @Test
    void anIntactJpegInUnknownColoursIsNotCalledBroken() {
        byte[] jpeg = HexFormat.of()
                .parseHex(
                        "FFD8" // as its parts: quantization, 8 x 8 pixels of 2 components, Huffman codes, one block of
                                // each
                                + ("FFDB004300" + "01".repeat(64))
                                + ("FFC0000E08" + "00080008" + "02" + "011100" + "021100")
                                + ("FFC4001400" + "01" + "00".repeat(16))
                                + ("FFC4001410" + "01" + "00".repeat(16))
                                + ("FFDA000A02" + "0100" + "0200" + "003F00" + "00")
                                + "FFD9");

        assertThat(refusal(jpeg)).hasMessageContaining("colour model").hasMessageContaining("save it as RGB");
        assertThat(refusal(jpeg).kind()).isEqualTo(Kind.NOT_AN_IMAGE);
    }

    @Test
    void putsTransparentPixelsOverWhite() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FF0000);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0xFF102030);

        byte[] rgb = decoder.decode(encode(image, "png")).image().rgb();

        assertThat(rgb).isEqualTo(new byte[] {-1, -1, -1, 127, 127, 127, 0x10, 0x20, 0x30});
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_INT_ARGB_PRE
            })
    void readsTheSameColoursHoweverTheyLieInMemory(int type) {
        BufferedImage image = colours(BufferedImage.TYPE_INT_RGB);
        BufferedImage relaid = new BufferedImage(SIDE, SIDE, type);
        relaid.createGraphics().drawImage(image, 0, 0, null);

        assertThat(RgbImage.of(relaid).rgb()).isEqualTo(RgbImage.of(image).rgb());
    }

    @Test
    void seesHalfTransparentPixelsAlikeInBytesAndInWords() {
        BufferedImage words = new BufferedImage(256, 1, BufferedImage.TYPE_INT_ARGB);
        BufferedImage bytes = new BufferedImage(256, 1, BufferedImage.TYPE_4BYTE_ABGR);
        for (int x = 0; x < 256; x++) {
            words.setRGB(x, 0, x << 24 | 0x2040F0);
            bytes.setRGB(x, 0, x << 24 | 0x2040F0);
        }

        assertThat(RgbImage.of(bytes).rgb()).isEqualTo(RgbImage.of(words).rgb());
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void keepsGreyValuesAsTheyAreInTheFile(int type) throws Exception {
        BufferedImage image = new BufferedImage(256, 1, type);
        int scale = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x * scale);
        }

        for (String format : new String[] {"png", "tiff"}) {
            byte[] rgb = decoder.decode(encode(image, format)).image().rgb();
            for (int x = 0; x < 256; x++) {
                assertThat(rgb[3 * x] & 255).as("grey %d in %s", x, format).isEqualTo(x);
                assertThat(rgb[3 * x + 2]).isEqualTo(rgb[3 * x]);
            }
        }
    }

    @Test
    void copiesValuesAsFloats() {
        float[] target = new float[5];

        new RgbImage(1, 1, new byte[] {0, 127, -1}).copyTo(target, 1);

        assertThat(target).containsExactly(0, 0, 127, 255, 0);
    }

    private UndecodableImageException refusal(byte[] bytes) {
        return catchThrowableOfType(UndecodableImageException.class, () -> decoder.decode(bytes));
    }

    private static BufferedImage colours(int type) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, type);
        Random random = new Random(3);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 200; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillRect(random.nextInt(SIDE), random.nextInt(SIDE), 6, 6);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
