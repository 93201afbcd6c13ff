package io.batchmesh.validate;

import io.batchmesh.model.Topology;

/**
 * A way to break a rule.
 *
 * @param rule the rule
 * @param severity how bad it is to be
 * @param pointer where it is to be found
 * @param bad a topology that breaks the rule
 * @param good the nearest topology that does not break it there
 */
record RuleCase(String rule, Severity severity, String pointer, Topology bad, Topology good) {
    boolean isIt(Finding finding) {
        return finding.rule().equals(rule)
                && finding.severity() == severity
                && finding.pointer().equals(pointer);
    }
}
