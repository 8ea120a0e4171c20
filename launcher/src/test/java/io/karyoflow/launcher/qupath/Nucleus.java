package io.karyoflow.launcher.qupath;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What QuPath calls a PathObject, with as much of one as the scripts use: a detection, or an annotation of points. */
public final class Nucleus {
    private final List<Point> points;
    private final Map<String, Double> measurements = new LinkedHashMap<>();
    private String pathClass;
    private Nucleus nucleusOfCell;
    private int plane;
    private boolean open;

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

        public int getZ() {
            return plane;
        }

        public int getT() {
            return 0;
        }

        public boolean isPoint() {
            return true;
        }

        public boolean isArea() {
            return false;
        }

        public List<Point> getAllPoints() {
            return points;
        }
    }

    /** What QuPath calls a MeasurementList. */
    public final class Measurements {
        public void put(String name, double value) {
            open |= !measurements.containsKey(name);
            measurements.put(name, value);
        }

        /** As QuPath's: NaN if there is none. */
        public double get(String name) {
            return measurements.getOrDefault(name, Double.NaN);
        }

        public boolean containsKey(String name) {
            return measurements.containsKey(name);
        }

        public double remove(String name) {
            double removed = get(name);
            open |= measurements.remove(name) != null;
            return removed;
        }

        /** As QuPath's: until then a nucleus that was given other measurements has a list of their names of its own. */
        public void close() {
            open = false;
        }

        public Map<String, Double> asMap() {
            return measurements;
        }
    }

    /** @param pathClass null if it has none */
    public Nucleus(String pathClass, Point... points) {
        this.pathClass = pathClass;
        this.points = List.of(points);
    }

    /** @return this, with a measurement */
    public Nucleus measuring(String name, double value) {
        measurements.put(name, value);
        return this;
    }

    /** @return this, on another plane of its image than the first */
    public Nucleus onPlane(int plane) {
        this.plane = plane;
        return this;
    }

    /** @return this, as a cell around a nucleus */
    public Nucleus aroundNucleusAt(Point middle) {
        nucleusOfCell = new Nucleus(null, middle);
        return this;
    }

    public boolean isDetection() {
        return true;
    }

    public boolean isCell() {
        return nucleusOfCell != null;
    }

    /** Of a cell. */
    public Roi getNucleusROI() {
        return nucleusOfCell.getROI();
    }

    public Roi getROI() {
        return new Roi();
    }

    /** Of an annotation; null as it has none. */
    public String getName() {
        return null;
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

    public boolean sharesNames() {
        return !open;
    }
}
