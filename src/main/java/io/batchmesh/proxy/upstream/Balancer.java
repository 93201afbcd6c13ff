package io.batchmesh.proxy.upstream;

import io.batchmesh.policy.LoadBalancing;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the endpoints of one subset. Those that are left out come only when there are no
 * others: a guess is better than no answer. Confined to the event loop.
 */
public final class Balancer {
    /** Up to so many endpoints all are compared, beyond it two drawn ones. */
    private static final int FULL_SCAN = 8;

    /**
     * An endpoint as a subset sees it.
     *
     * @param endpoint where to
     * @param weight at least 1
     * @param tier 0 for the first choice of zones, higher for later ones
     */
    public record Member(Endpoint endpoint, int weight, int tier) {}

    private final LoadBalancing policy;
    private final Member[] members;
    private final Member[] fit;
    private final long[] turns;
    private final RandomGenerator random;
    private final int tiers;
    private int fitCount;

    public Balancer(LoadBalancing policy, List<Member> members, RandomGenerator random) {
        this.policy = policy;
        this.members = members.toArray(Member[]::new);
        this.fit = new Member[members.size()];
        this.turns = new long[members.size()];
        this.random = random;
        this.tiers = members.stream().mapToInt(Member::tier).max().orElse(0) + 1;
    }

    /**
     * An endpoint for a request; null when there is none at all.
     *
     * @param headers of the request
     * @param avoid the endpoint that has just failed, taken only when there is no other; or null
     */
    public @Nullable Endpoint choose(HttpHeaders headers, @Nullable Endpoint avoid, long now) {
        if (members.length == 1) {
            var only = members[0].endpoint();
            return only.ejectedByHand() ? null : only;
        }
        collect(avoid, now);
        if (fitCount <= 1) {
            return fitCount == 0 ? null : fit[0].endpoint();
        }
        return switch (policy.policy()) {
            case ROUND_ROBIN -> inTurn();
            case LEAST_REQUEST -> least(false);
            case EWMA -> least(true);
            case RANDOM -> drawn().endpoint();
            case CONSISTENT_HASH -> hashed(headers);
        };
    }

    private void collect(@Nullable Endpoint avoid, long now) {
        fitCount = 0;
        for (int tier = 0; tier < tiers && fitCount == 0; tier++) {
            for (var member : members) {
                boolean good = member.endpoint() != avoid && member.endpoint().usable(now);
                if (member.tier() == tier && good) {
                    fit[fitCount++] = member;
                }
            }
        }
        if (fitCount == 0) {
            panic(avoid, now);
        }
    }

    /**
     * Nobody but perhaps the one that has just failed is fit: that one, else all but those that
     * somebody took out.
     */
    private void panic(@Nullable Endpoint avoid, long now) {
        for (var member : members) {
            if (member.endpoint() == avoid && avoid.usable(now)) {
                fit[fitCount++] = member;
                return;
            }
        }
        for (var member : members) {
            if (!member.endpoint().ejectedByHand()) {
                fit[fitCount++] = member;
            }
        }
        if (fitCount > 0) {
            fit[0].endpoint().panicked();
        }
    }

    /** Smooth weighted round robin: the one that is furthest behind its share. */
    private Endpoint inTurn() {
        long total = 0;
        int best = -1;
        for (int i = 0; i < members.length; i++) {
            if (isFit(members[i])) {
                turns[i] += members[i].weight();
                total += members[i].weight();
                best = best < 0 || turns[i] > turns[best] ? i : best;
            }
        }
        turns[best] -= total;
        return members[best].endpoint();
    }

    private boolean isFit(Member member) {
        for (int i = 0; i < fitCount; i++) {
            if (fit[i] == member) {
                return true;
            }
        }
        return false;
    }

    private Endpoint least(boolean byLatency) {
        if (fitCount > FULL_SCAN) {
            var a = fit[random.nextInt(fitCount)];
            var b = fit[random.nextInt(fitCount)];
            return load(a, byLatency) <= load(b, byLatency) ? a.endpoint() : b.endpoint();
        }
        // Starting anywhere, so that equals share.
        int start = random.nextInt(fitCount);
        var best = fit[start];
        for (int i = 1; i < fitCount; i++) {
            var other = fit[(start + i) % fitCount];
            if (load(other, byLatency) < load(best, byLatency)) {
                best = other;
            }
        }
        return best.endpoint();
    }

    private static double load(Member member, boolean byLatency) {
        double each = byLatency ? Math.max(1, member.endpoint().health().ewmaNanos()) : 1;
        return each * (member.endpoint().active() + 1) / member.weight();
    }

    private Member drawn() {
        long total = 0;
        for (int i = 0; i < fitCount; i++) {
            total += fit[i].weight();
        }
        long drawn = random.nextLong(total);
        int at = 0;
        while (drawn >= fit[at].weight()) {
            drawn -= fit[at++].weight();
        }
        return fit[at];
    }

    /** Weighted rendezvous hashing: when an endpoint goes, only its own callers move. */
    private Endpoint hashed(HttpHeaders headers) {
        var header = policy.hashHeader();
        var value = header == null ? null : headers.get(header);
        if (value == null) {
            return drawn().endpoint();
        }
        var best = fit[0];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < fitCount; i++) {
            long mixed = mix(value.hashCode() * 31L + fit[i].endpoint().address().hashCode());
            double unit = ((mixed >>> 11) + 1) * 0x1.0p-53;
            double score = -fit[i].weight() / Math.log(Math.min(unit, 1 - 0x1.0p-53));
            if (score > most) {
                most = score;
                best = fit[i];
            }
        }
        return best.endpoint();
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
