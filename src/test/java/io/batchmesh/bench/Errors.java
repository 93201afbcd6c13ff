package io.batchmesh.bench;

import java.util.StringJoiner;

/**
 * What went wrong under load, by kind, as wrk tells them apart.
 *
 * @param connect connections that could not be opened
 * @param read connections that ended, or brought nonsense, before an answer was whole
 * @param write connections that broke while a request was sent
 * @param status answers of 400 and above
 * @param timeout answers that came too late
 */
record Errors(long connect, long read, long write, long status, long timeout) {
    static final Errors NONE = new Errors(0, 0, 0, 0, 0);

    Errors plus(Errors other) {
        return new Errors(
                connect + other.connect,
                read + other.read,
                write + other.write,
                status + other.status,
                timeout + other.timeout);
    }

    long sum() {
        return connect + read + write + status + timeout;
    }

    /** The sum and what it is made of, such as {@code 5 (2 read, 3 status)}. */
    @Override
    public String toString() {
        if (sum() == 0) {
            return "0";
        }
        var kinds = new StringJoiner(", ", sum() + " (", ")");
        kind(kinds, connect, "connect");
        kind(kinds, read, "read");
        kind(kinds, write, "write");
        kind(kinds, status, "status");
        kind(kinds, timeout, "timeout");
        return kinds.toString();
    }

    private static void kind(StringJoiner kinds, long count, String name) {
        if (count > 0) {
            kinds.add(count + " " + name);
        }
    }
}
