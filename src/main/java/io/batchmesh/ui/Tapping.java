package io.batchmesh.ui;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.model.ServiceId;
import io.batchmesh.observe.TapView;
import java.util.Set;

/** Looks at single requests in the running proxies. FX thread; returns at once. */
@FunctionalInterface
public interface Tapping {
    /** Where no proxies are known. */
    Tapping NONE =
            (order, callers) ->
                    new Start.Impossible(
                            "no running sidecar is connected, so there is none to ask");

    /** What came of it. */
    sealed interface Start {
        /** It begins. */
        record Begun(Running tap) implements Start {}

        /** It cannot be done, for this reason. */
        record Impossible(String why) implements Start {}
    }

    /** A tap of which not all is over. */
    interface Running {
        /** What is known now. */
        TapView view();

        /** Whether it goes on somewhere. */
        boolean goesOn();

        /** Ends it; what was seen stays. */
        void stop();
    }

    /**
     * Looks at the requests that some services send.
     *
     * @param callers whose proxies are asked
     */
    Start open(TapOrder order, Set<ServiceId> callers);
}
