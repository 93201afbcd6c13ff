package io.batchmesh.push;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a push.
 *
 * @param id the push
 * @param time when it began
 * @param author who pushed
 * @param target the environment's name
 * @param revision the topology's revision, or null where it was not known
 * @param proxies the proxies in the order in which they were to be served, each with what was last
 *     known of it
 * @param finished whether it came to its end; false for a push whose program was killed
 */
public record PushRecord(
        PushId id,
        Instant time,
        String author,
        String target,
        @Nullable String revision,
        List<ProxyPush> proxies,
        boolean finished) {
    public PushRecord {
        proxies = List.copyOf(proxies);
    }

    PushRecord with(ProxyPush changed) {
        var list =
                proxies.stream().map(p -> p.proxy().equals(changed.proxy()) ? changed : p).toList();
        return new PushRecord(id, time, author, target, revision, list, finished);
    }

    PushRecord ended() {
        return new PushRecord(id, time, author, target, revision, proxies, true);
    }
}
