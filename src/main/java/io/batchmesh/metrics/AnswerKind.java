package io.batchmesh.metrics;

import java.util.Map;

/** Kinds of failures that are told apart over time; single codes are kept only of now. */
public enum AnswerKind {
    /** 4xx. */
    CLIENT_ERROR("4xx"),
    /** 500 and what has no kind of its own. */
    SERVER_ERROR("500, other 5xx"),
    /** 502 and 504: the one behind broke off or took too long. */
    GATEWAY("502, 504"),
    /** 503, which is also what is shed. */
    UNAVAILABLE("503"),
    /** None at all: the connection broke, or nobody was there. */
    NO_ANSWER("no answer");

    private final String label;

    AnswerKind(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    private boolean holds(String code) {
        var first = code.isEmpty() ? ' ' : code.charAt(0);
        return switch (this) {
            case CLIENT_ERROR -> first == '4';
            case SERVER_ERROR -> first == '5' && !GATEWAY.holds(code) && !UNAVAILABLE.holds(code);
            case GATEWAY -> code.equals("502") || code.equals("504");
            case UNAVAILABLE -> code.equals("503");
            case NO_ANSWER -> first < '1' || first > '9';
        };
    }

    /** Answers of this kind among those of all codes; {@code NaN} where no code is known. */
    double sum(Map<String, Double> codesPerSecond) {
        if (codesPerSecond.isEmpty()) {
            return Double.NaN;
        }
        var sum = 0.0;
        for (var code : codesPerSecond.entrySet()) {
            sum += holds(code.getKey()) ? code.getValue() : 0;
        }
        return sum;
    }
}
