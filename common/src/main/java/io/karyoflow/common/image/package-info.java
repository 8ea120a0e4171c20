/**
 * Decoding of images within limits: what cannot be decoded here is refused by every service alike. And pictures, encoded
 * for whoever looks at them.
 */
package io.karyoflow.common.image;
