package io.batchmesh.admin;

import io.batchmesh.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that stands still until a test turns it. */
public final class TurnedTime implements Delays {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Task> tasks = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    private record Task(Duration due, Runnable action) {}

    public Clocks clocks() {
        return new Clocks(this::now, this::nanos);
    }

    private synchronized Instant now() {
        return START.plus(passed);
    }

    private synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable action) {
        var task = new Task(passed.plus(delay), action);
        tasks.add(task);
        return () -> forget(task);
    }

    private synchronized void forget(Task task) {
        tasks.remove(task);
    }

    /** Lets time pass, and runs what becomes due. */
    public void pass(Duration duration) {
        for (var task : due(duration)) {
            task.action().run();
        }
    }

    private synchronized List<Task> due(Duration duration) {
        passed = passed.plus(duration);
        var due =
                tasks.stream()
                        .filter(t -> t.due().compareTo(passed) <= 0)
                        .sorted(Comparator.comparing(Task::due))
                        .toList();
        tasks.removeAll(due);
        return due;
    }
}
