package io.karyoflow.launcher.qupath;

import java.awt.geom.Rectangle2D;

/**
 * An annotation that encloses an area, with as much of what QuPath calls a PathObject as the scripts use.
 *
 * @param pathClass null if it has none
 * @param name null if it has none
 */
public record Region(String pathClass, String name, Rectangle2D area) {

    /** What it encloses. */
    public final class Roi {
        public boolean isPoint() {
            return false;
        }

        public boolean isArea() {
            return true;
        }

        public boolean contains(double x, double y) {
            return area.contains(x, y);
        }
    }

    public Roi getROI() {
        return new Roi();
    }

    public String getPathClass() {
        return pathClass;
    }

    public String getName() {
        return name;
    }
}
