package io.batchmesh.validate;

/**
 * What a rule found.
 *
 * @param rule the id of the rule, such as {@code BM-102}; stable over versions
 * @param severity how much it matters
 * @param subject what it is about
 * @param pointer the place in the topology's JSON as a JSON pointer (RFC 6901); of a value that is
 *     not written there, such as a default, it may lead further than the text does
 * @param message what is wrong, naming the thing
 * @param mend what to do about it
 */
public record Finding(
        String rule,
        Severity severity,
        Subject subject,
        String pointer,
        String message,
        String mend) {}
