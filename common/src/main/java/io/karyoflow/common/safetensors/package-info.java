/**
 * Headers of safetensors files, checked in full: whoever hands weights on and whoever learns from them refuse the same files.
 */
package io.karyoflow.common.safetensors;
