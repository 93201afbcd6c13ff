package io.batchmesh.admin;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Choice;
import io.batchmesh.json.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/** A config that was taken, and what became of it. */
record HistoryEntry(ProxyConfig config, ConfigVersion version, PushStamp stamp, State state) {
    /** What became of a config. */
    enum State {
        /** It was meant to stay. */
        CONFIRMED("confirmed"),
        /** It runs until it is confirmed, or its time is over. */
        PENDING("pending"),
        /** It was not confirmed in time. */
        REVERTED("reverted"),
        /** Another config took its place before it was confirmed. */
        REPLACED("replaced");

        static final Choice<State> CHOICE = Choice.of(State.class, State::label);

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    HistoryEntry with(State state) {
        return new HistoryEntry(config, version, stamp, state);
    }

    HistoryEntry with(PushStamp stamp) {
        return new HistoryEntry(config, version, stamp, state);
    }

    /** The entry without its config. */
    ObjectNode describe() {
        return ObjectWriter.object(o ->
                o.put("version", version.hash())
                        .put("time", stamp.time().toString())
                        .put("push", stamp.push())
                        .put("author", stamp.author())
                        .put("identity", stamp.identity())
                        .put("revision", stamp.revision())
                        .put("state", state.label()));
    }
}
