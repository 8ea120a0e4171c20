package io.karyoflow.trainer.data;

/** What lies in the cache is not what was written there; it is built again. */
final class CorruptCacheException extends Exception {
    CorruptCacheException(String reason) {
        super(reason);
    }

    CorruptCacheException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
