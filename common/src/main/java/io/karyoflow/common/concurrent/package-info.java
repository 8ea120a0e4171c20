/** Work on several threads. */
package io.karyoflow.common.concurrent;
