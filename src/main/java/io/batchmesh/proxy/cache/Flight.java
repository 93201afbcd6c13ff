package io.batchmesh.proxy.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One question that is being asked, and those who wait for its answer. */
public final class Flight {
    private final ReplyCache cache;
    private final String key;
    private final Deque<Follower> followers = new ArrayDeque<>();
    private boolean over;

    Flight(ReplyCache cache, String key) {
        this.cache = cache;
        this.key = key;
    }

    String key() {
        return key;
    }

    void follow(Follower follower) {
        followers.add(follower);
    }

    int followers() {
        return followers.size();
    }

    /** Here is an answer: those whom it suits get it, the others ask for themselves. */
    public void share(StoredReply reply) {
        if (end()) {
            take().forEach(follower -> cache.give(reply, follower));
        }
    }

    /** The answer belongs to one caller: the others ask for themselves, now and for a while. */
    public void personal() {
        if (end()) {
            cache.personal(key);
            take().forEach(Follower::alone);
        }
    }

    /** There was no good answer: the others ask for themselves. */
    public void failed() {
        if (end()) {
            take().forEach(Follower::alone);
        }
    }

    /** The one who asks gives up: the first who still waits asks in its stead. */
    public void abandon() {
        while (!over && !followers.isEmpty()) {
            var next = followers.remove();
            if (next.waiting()) {
                next.lead(this);
                return;
            }
        }
        end();
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        cache.landed(this);
        return true;
    }

    private List<Follower> take() {
        var waiting = followers.stream().filter(Follower::waiting).toList();
        followers.clear();
        return waiting;
    }
}
