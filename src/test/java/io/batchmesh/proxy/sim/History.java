package io.batchmesh.proxy.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What was asked, executed and answered; says what must not have happened. */
final class History {
    private final Map<String, Ask> asks = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final CRC32 trace = new CRC32();
    private long shared;
    private long inParts;
    private long bulk;

    void asked(Ask ask) {
        asks.put(ask.nonce, ask);
    }

    /** A service carried a request out. */
    void executed(String nonce, long now) {
        note("executed " + nonce, now);
        var ask = asks.get(nonce);
        if (ask == null) {
            violation("a request that nobody made was executed: " + nonce);
        } else {
            ask.executions++;
        }
    }

    /** Something happened; the order of all that happened tells runs apart. */
    void note(String what, long now) {
        trace.update((now + " " + what).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A service answered so many at once. */
    void bulk(int answers) {
        bulk += answers > 1 ? answers : 0;
    }

    long bulkAnswers() {
        return bulk;
    }

    /** Somebody got, rightly, what another one had asked for. */
    void inParts() {
        inParts++;
    }

    /** Answers of services that came piece by piece. */
    long answersInParts() {
        return inParts;
    }

    void shared() {
        shared++;
    }

    long sharedAnswers() {
        return shared;
    }

    void violation(String what) {
        violations.add(what);
    }

    @Nullable Ask find(String nonce) {
        return asks.get(nonce);
    }

    /** Those that have no outcome yet. */
    List<Ask> open() {
        return asks.values().stream().filter(a -> !a.settled()).toList();
    }

    boolean settled() {
        return asks.values().stream().allMatch(Ask::settled);
    }

    long count(int status) {
        return asks.values().stream().filter(a -> a.status == status).count();
    }

    long digest() {
        return trace.getValue();
    }

    /** Everything that went wrong, in words. */
    List<String> check() {
        var found = new ArrayList<>(violations);
        for (var ask : asks.values()) {
            var fault = fault(ask);
            if (fault != null) {
                found.add(fault + " — " + ask);
            }
        }
        return found;
    }

    private static @Nullable String fault(Ask ask) {
        if (ask.once() && ask.executions > 1) {
            return "executed twice";
        }
        if (!ask.settled()) {
            return "hung";
        }
        if (ask.answers > 1) {
            return "answered twice";
        }
        if (ask.lost && !ask.cancelled) {
            return "lost";
        }
        if (ask.status == 200 && ask.executions == 0 && !ask.shared()) {
            return "answered but never executed";
        }
        if (!ask.cancelled && ask.answers == 1 && ask.settledAt - ask.sentAt > ask.limitNanos) {
            return "answered too late";
        }
        return null;
    }
}
