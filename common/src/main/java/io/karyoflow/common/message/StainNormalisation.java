package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether images from different laboratories are brought to the same stains. */
public enum StainNormalisation {
    /** images are seen as they are */
    @JsonProperty("none")
    NONE,
    /** each image's two stains are estimated and replaced by reference ones (Macenko et al., 2009) */
    @JsonProperty("macenko")
    MACENKO,
    /** only haematoxylin is left, the stain of chromatin (colour deconvolution; Ruifrok and Johnston, 2001) */
    @JsonProperty("haematoxylin")
    HAEMATOXYLIN,
    /**
     * each slide is brought to the usual colours by the statistics of its images (after Reinhard et al., 2001), and in place
     * of blue is haematoxylin as it is; for images that say which slide they are of
     */
    @JsonProperty("slide")
    SLIDE
}
