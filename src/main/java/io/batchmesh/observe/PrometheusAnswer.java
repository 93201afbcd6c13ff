package io.batchmesh.observe;

import java.util.List;
import java.util.Map;

/** What a Prometheus server says to a query. */
public sealed interface PrometheusAnswer {
    /**
     * It has answered.
     *
     * @param rows one for each series; none where nothing is known
     */
    record Rows(List<Row> rows) implements PrometheusAnswer {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * It has not.
     *
     * @param fault what kind of failure
     * @param reason in words
     */
    record Failed(Fault fault, String reason) implements PrometheusAnswer {}

    /** Kinds of failures. */
    enum Fault {
        /** No answer: nobody listens, the connection breaks or the time is over. */
        UNREACHABLE,
        /** It wants other credentials. */
        REFUSED,
        /** It cannot carry the query out: a fault of the query, or more than it allows. */
        QUERY,
        /** The answer is longer than is read. */
        TOO_MUCH,
        /** The answer is none of this API. */
        UNREADABLE
    }

    /**
     * A series of the answer.
     *
     * @param labels the metric's name is {@code __name__}, where there is one
     * @param points in the order of time; a single one for an instant query
     */
    record Row(Map<String, String> labels, List<Point> points) {
        public Row {
            labels = Map.copyOf(labels);
            points = List.copyOf(points);
        }

        /** A label, empty where there is none. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }

        /** The last value. */
        public double value() {
            return points.isEmpty() ? Double.NaN : points.getLast().value();
        }
    }

    /**
     * A value at a moment.
     *
     * @param millis since the epoch, by the clock of the server
     */
    record Point(long millis, double value) {}
}
