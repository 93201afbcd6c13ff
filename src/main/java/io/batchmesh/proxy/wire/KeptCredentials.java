package io.batchmesh.proxy.wire;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * Credentials that a peer sent once and refers to by a slot.
 *
 * @param fields the fields, not to be changed
 * @param caller whose they are
 * @param bytes what they count for
 */
public record KeptCredentials(HttpHeaders fields, CallerIdentity caller, int bytes) {
    /** Adds them to the other fields of a request. */
    public void addTo(HttpHeaders headers) {
        headers.add(fields);
    }

    /** Does not show them. */
    @Override
    public String toString() {
        return "KeptCredentials[" + fields.size() + " fields]";
    }
}
