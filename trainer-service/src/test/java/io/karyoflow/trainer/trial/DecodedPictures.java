package io.karyoflow.trainer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.validation.ValidatedImage;
import java.util.List;

/** Pictures of validated images, held against what was published. */
final class DecodedPictures {
    private DecodedPictures() {}

    /** Each picture must be of the image in its place. */
    static void assertSame(List<byte[]> pictures, List<ValidatedImage> images, List<LabelledImage> published) {
        assertThat(pictures).hasSameSizeAs(images);
        for (int i = 0; i < pictures.size(); i++) {
            String filename = images.get(i).filename();
            LabelledImage shown = published.stream()
                    .filter(image -> image.filename().equals(filename))
                    .findFirst()
                    .orElseThrow();
            assertThat(pixels(pictures.get(i))).as(filename).isEqualTo(pixels(shown.bytes()));
        }
    }

    private static byte[] pixels(byte[] encoded) {
        try {
            return new ImageDecoder(10_000).decode(encoded).image().rgb();
        } catch (UndecodableImageException e) {
            throw new AssertionError(e);
        }
    }
}
