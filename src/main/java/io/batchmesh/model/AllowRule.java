package io.batchmesh.model;

import java.util.List;

/**
 * Who may call a service. With no rule everybody may; with rules only what one of them says.
 *
 * @param from the calling service
 * @param methods the methods, or empty for any
 * @param paths paths, each possibly ending in {@code *}, or empty for any
 */
public record AllowRule(String from, List<String> methods, List<String> paths) {
    public AllowRule {
        methods = List.copyOf(methods);
        paths = List.copyOf(paths);
    }
}
