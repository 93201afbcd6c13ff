package io.batchmesh.app;

import io.batchmesh.cli.StopSignal;
import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGINT and SIGTERM into the stop signal, so that a command ends in its own time; a second
 * one ends the program at once. The handler class is reached by reflection: it is supported, but
 * the compiler warns of its package and cannot be told not to.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int KILLED_BY_INTERRUPT = 130;

    private Signals() {}

    static void raise(StopSignal stop) {
        for (var name : List.of("INT", "TERM")) {
            handle(name, () -> stopOrHalt(stop));
        }
    }

    private static void stopOrHalt(StopSignal stop) {
        if (stop.isRaised()) {
            Runtime.getRuntime().halt(KILLED_BY_INTERRUPT);
        }
        stop.raise();
    }

    private static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    action.run();
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} ends the program without a graceful stop", name, e);
        }
    }
}
