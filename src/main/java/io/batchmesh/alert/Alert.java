package io.batchmesh.alert;

import io.batchmesh.model.AlertRule;
import java.time.Instant;

/**
 * What has become of a rule on one thing.
 *
 * @param rule the rule
 * @param subject the link as {@code from->to}, the service or the proxy
 * @param phase how it stands
 * @param since since when it stands so
 * @param fact what was read last
 */
public record Alert(AlertRule rule, String subject, Phase phase, Instant since, Fact fact) {
    /** How a rule stands on one thing. */
    public enum Phase {
        /** It holds, and has held as long as it must. */
        FIRING,
        /** It holds, but not long enough yet. */
        PENDING,
        /** Nothing is known, or not any more; that is never taken for being well. */
        NO_DATA,
        /** It does not hold. */
        QUIET
    }

    /** Whom it calls. */
    public AlertRule.Urgency urgency() {
        return rule.urgency();
    }
}
