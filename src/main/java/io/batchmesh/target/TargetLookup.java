package io.batchmesh.target;

/** What came of looking for a target by its name. */
public sealed interface TargetLookup {
    /** It is there. */
    record Found(Environment environment) implements TargetLookup {}

    /** Nothing of that name runs. */
    record NotRunning(String reason) implements TargetLookup {}

    /** Several could be meant. */
    record Ambiguous(String reason) implements TargetLookup {}

    /** There is no such kind of target. */
    record Unknown(String reason) implements TargetLookup {}
}
