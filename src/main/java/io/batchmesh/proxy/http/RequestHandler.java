package io.batchmesh.proxy.http;

/** What is done with the requests of a listener. Called on the connection's event loop. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Takes a request whose head is complete and sound. It may be answered at once.
     *
     * @return what gets its body and what happens to it
     */
    Intake accept(Incoming request);
}
