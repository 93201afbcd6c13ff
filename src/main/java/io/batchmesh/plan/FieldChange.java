package io.batchmesh.plan;

/**
 * One field that would change.
 *
 * @param subject what it belongs to: a link ({@code a->b}), or empty for the document as a whole
 * @param field the path of it within the subject: {@code batch.linger}, {@code
 *     routes.default.split.v2}
 * @param from what runs, empty where nothing does
 * @param to what is desired, empty where nothing is
 */
public record FieldChange(String subject, String field, String from, String to) {}
