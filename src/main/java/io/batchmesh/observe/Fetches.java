package io.batchmesh.observe;

import io.batchmesh.target.Access;
import io.batchmesh.target.AccessException;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;

/** A {@link Fetch} for each way in which targets are spoken to. Safe for any number of threads. */
final class Fetches implements AutoCloseable {
    private final OkHttpClient client;
    private final ScrapeSettings settings;
    private final Map<Access, Fetch> made = new HashMap<>();

    Fetches(OkHttpClient client, ScrapeSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * The one for an access.
     *
     * @throws AccessException when its files cannot be used; they are looked at again the next time
     */
    synchronized Fetch of(Access access) throws AccessException {
        var known = made.get(access);
        if (known != null) {
            return known;
        }
        var fetch =
                new Fetch(
                        access.client(client),
                        settings.deadline(),
                        settings.limits().maxBytes(),
                        settings.concurrency());
        made.put(access, fetch);
        return fetch;
    }

    @Override
    public synchronized void close() {
        made.values().forEach(Fetch::close);
    }
}
