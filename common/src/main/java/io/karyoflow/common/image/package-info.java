/** Decoding of images within limits: what cannot be decoded here is refused by every service alike. */
package io.karyoflow.common.image;
