package io.karyoflow.explain.rendering;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Java cannot write text here: minimal systems come without any font, or without the library that finds them. */
public class NoFontsException extends IllegalStateException {

    private NoFontsException(Throwable cause) {
        super(
                "this system has no fonts to draw a panel with: install fontconfig and a font such as DejaVu Sans, or ask"
                        + " for the maps as JSON or .npy",
                cause);
    }

    static void check() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                    .getStringBounds("nucleus", new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new NoFontsException(e);
        }
    }
}
