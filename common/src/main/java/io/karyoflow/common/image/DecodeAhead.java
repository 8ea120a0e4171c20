package io.karyoflow.common.image;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decodes images on several threads and gives them in their order. To decode a patch takes longer than to classify it.
 */
public final class DecodeAhead {
    /** Waiting, and in each thread's hands: more would only take memory, for an image may be large. */
    private static final int FOR_EACH_THREAD = 2;

    private final ImageDecoder decoder;
    private final int ahead;
    private final ExecutorService threads;

    /** @param threads at least 1; they end with the process */
    public DecodeAhead(ImageDecoder decoder, int threads) {
        AtomicInteger number = new AtomicInteger();
        this.decoder = decoder;
        this.ahead = FOR_EACH_THREAD * threads;
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "decode-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param images encoded */
    public Images of(List<byte[]> images) {
        return new Images(images.iterator());
    }

    /** Some images, one after the other. Not for several threads at once. */
    public final class Images {
        private final Iterator<byte[]> encoded;
        private final Queue<CompletableFuture<Attempt>> decoding = new ArrayDeque<>();

        private Images(Iterator<byte[]> encoded) {
            this.encoded = encoded;
        }

        /**
         * The next one, which is waited for.
         *
         * @throws UndecodableImageException if it is none; the one after it can be asked for all the same
         * @throws java.util.NoSuchElementException if there are no more
         */
        public RgbImage next() throws UndecodableImageException {
            while (decoding.size() < ahead && encoded.hasNext()) {
                byte[] bytes = encoded.next();
                decoding.add(CompletableFuture.supplyAsync(() -> Attempt.at(decoder, bytes), threads));
            }
            return decoding.remove().join().image();
        }
    }

    /** @param refusal null if there is an image */
    private record Attempt(RgbImage decoded, UndecodableImageException refusal) {
        static Attempt at(ImageDecoder decoder, byte[] bytes) {
            try {
                return new Attempt(decoder.decode(bytes).image(), null);
            } catch (UndecodableImageException e) {
                return new Attempt(null, e);
            }
        }

        RgbImage image() throws UndecodableImageException {
            if (refusal != null) {
                throw refusal;
            }
            return decoded;
        }
    }
}
