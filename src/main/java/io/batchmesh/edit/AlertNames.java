package io.batchmesh.edit;

import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.util.List;

/** Carries removals and new names to the rules for alerts. */
final class AlertNames {
    private AlertNames() {}

    static List<AlertRule> without(List<AlertRule> rules, ServiceId gone) {
        return Parts.without(rules, r -> names(r.target(), gone));
    }

    static List<AlertRule> without(List<AlertRule> rules, LinkId gone) {
        return Parts.without(
                rules,
                r ->
                        r.target().kind() == AlertTarget.Kind.LINK
                                && gone.equals(LinkId.parse(r.target().name())));
    }

    private static boolean names(AlertTarget target, ServiceId id) {
        return switch (target.kind()) {
            case SERVICE -> target.name().equals(id.name());
            case LINK -> {
                var link = LinkId.parse(target.name());
                yield link != null && (link.from().equals(id) || link.to().equals(id));
            }
            case PROXY -> false;
        };
    }

    static List<AlertRule> renamed(List<AlertRule> rules, ServiceId from, ServiceId to) {
        return Parts.replace(
                rules,
                r -> names(r.target(), from),
                r -> r.withTarget(renamed(r.target(), from, to)));
    }

    private static AlertTarget renamed(AlertTarget target, ServiceId from, ServiceId to) {
        var link = LinkId.parse(target.name());
        if (target.kind() != AlertTarget.Kind.LINK || link == null) {
            return new AlertTarget(target.kind(), to.name());
        }
        var ends =
                new LinkId(
                        link.from().equals(from) ? to : link.from(),
                        link.to().equals(from) ? to : link.to());
        return new AlertTarget(target.kind(), ends.toString());
    }
}
