package io.karyoflow.launcher.qupath;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What QuPath calls a PathObject, with as much of one as the scripts use: a detection, or an annotation of points. */
public final class Nucleus {
    private final List<Point> points;
    private final Map<String, Double> measurements = new HashMap<>();
    private String pathClass;

    /** In pixels of the slide. */
    public record Point(double x, double y) {
        public double getX() {
            return x;
        }

        public double getY() {
            return y;
        }
    }

    /** The middle of a detection, or the points of an annotation. */
    public final class Roi {
        public double getCentroidX() {
            return points.stream().mapToDouble(Point::x).average().orElseThrow();
        }

        public double getCentroidY() {
            return points.stream().mapToDouble(Point::y).average().orElseThrow();
        }

        public boolean isPoint() {
            return true;
        }

        public List<Point> getAllPoints() {
            return points;
        }
    }

    /** What QuPath calls a MeasurementList. */
    public final class Measurements {
        public void put(String name, double value) {
            measurements.put(name, value);
        }
    }

    /** @param pathClass null if it has none */
    public Nucleus(String pathClass, Point... points) {
        this.pathClass = pathClass;
        this.points = List.of(points);
    }

    public boolean isDetection() {
        return true;
    }

    public boolean isCell() {
        return false;
    }

    public Roi getROI() {
        return new Roi();
    }

    public String getPathClass() {
        return pathClass;
    }

    public void setPathClass(String pathClass) {
        this.pathClass = pathClass;
    }

    public Measurements getMeasurementList() {
        return new Measurements();
    }

    public Map<String, Double> measurements() {
        return measurements;
    }
}
