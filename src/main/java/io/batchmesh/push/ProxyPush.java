package io.batchmesh.push;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Choice;
import io.batchmesh.json.Fault;
import io.batchmesh.model.ProxyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a push is with one proxy.
 *
 * @param proxy the proxy
 * @param state what is known
 * @param before what it ran when the push was planned, or null for nothing
 * @param version what it is to run, or null where that was not told
 * @param reason why the state is what it is, empty where the state says it
 * @param faults the proxy's own reasons, where it rejected
 */
public record ProxyPush(
        ProxyId proxy,
        State state,
        @Nullable ConfigVersion before,
        @Nullable ConfigVersion version,
        String reason,
        List<Fault> faults) {
    public ProxyPush {
        faults = List.copyOf(faults);
    }

    /** What is known of one proxy. */
    public enum State {
        /** Nothing was sent to it. */
        PENDING("pending"),
        /** It says that it runs the new version. */
        ACKED("acked"),
        /** It ran that version already. */
        UNCHANGED("unchanged"),
        /** It refused the config; the old one runs. */
        REJECTED("rejected"),
        /** Something else runs than the plan was made for; nothing was changed. */
        CONFLICT("conflict"),
        /** It does not answer, and got nothing. */
        UNREACHABLE("unreachable"),
        /** It may have got the config; reading back did not tell. */
        UNKNOWN("unknown");

        /** The constants by the names they have in output. */
        public static final Choice<State> CHOICE = Choice.of(State.class, State::label);

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** Whether it is known to run what it should. */
        public boolean isDone() {
            return this == ACKED || this == UNCHANGED;
        }
    }

    ProxyPush with(State state, String reason) {
        return new ProxyPush(proxy, state, before, version, reason, List.of());
    }

    ProxyPush rejected(List<Fault> faults) {
        var reason = String.join("; ", faults.stream().map(Fault::describe).toList());
        return new ProxyPush(proxy, State.REJECTED, before, version, reason, faults);
    }
}
