package io.batchmesh.proxy.tap;

import io.batchmesh.admin.tap.SecretNames;
import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.admin.tap.TappedRequest.Answer;
import io.batchmesh.admin.tap.TappedRequest.Asked;
import io.batchmesh.admin.tap.TappedRequest.Batch;
import io.batchmesh.admin.tap.TappedRequest.Times;
import io.batchmesh.admin.tap.TappedRequest.Trace;
import io.batchmesh.admin.tap.TappedRequest.Went;
import io.batchmesh.time.Clocks;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a tap wants to hear of, as its head came. Confined to the event loop. */
public final class Tapped {
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_VALUE = 256;

    private final Clocks clocks;
    private final String method;
    private final String target;
    private final List<Wanting> wanting = new ArrayList<>(1);

    private record Wanting(Tap tap, Map<String, String> headers) {}

    Tapped(Clocks clocks, HttpRequest head) {
        this.clocks = clocks;
        this.method = head.method().name();
        this.target = head.uri();
    }

    /** What is known in the end. */
    public record Outcome(
            Went went, Answer answer, Times times, @Nullable Batch batch, @Nullable Trace trace) {}

    /** Says what is known in the end; asked only when it is to be shown. */
    @FunctionalInterface
    public interface Teller {
        Outcome tell();
    }

    /** A tap wants it: keeps the values that it shows, before they are changed. */
    void wanted(Tap tap, HttpRequest head) {
        var shown = new HashMap<String, String>();
        for (var name : tap.order().shown()) {
            var value = head.headers().get(name);
            if (value != null) {
                shown.put(name, shortened(value, LONGEST_VALUE));
            }
        }
        wanting.add(new Wanting(tap, shown));
    }

    /**
     * It is over.
     *
     * @param arrived when its head was complete
     * @param now the last byte of its reply was written
     */
    public void over(int code, long arrived, long now, Teller teller) {
        Outcome outcome = null;
        for (var one : wanting) {
            if (one.tap().takes(code, now - arrived, now)) {
                outcome = outcome == null ? teller.tell() : outcome;
                one.tap().show(request(one, outcome, now - arrived));
            }
        }
    }

    private TappedRequest request(Wanting by, Outcome outcome, long tookNanos) {
        int mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = mark < 0 ? null : query(target.substring(mark + 1), by.tap().order().query());
        return new TappedRequest(
                clocks.now().minusNanos(tookNanos),
                outcome.went(),
                new Asked(method, shortened(path, LONGEST_PATH), query, by.headers()),
                outcome.answer(),
                outcome.times(),
                outcome.batch(),
                outcome.trace());
    }

    /** The query with values that are shown, or with none. */
    static String query(String text, boolean values) {
        var out = new StringBuilder();
        for (var pair : shortened(text, LONGEST_PATH).split("&", -1)) {
            int sign = pair.indexOf('=');
            var name = sign < 0 ? pair : pair.substring(0, sign);
            out.append(out.isEmpty() ? "" : "&");
            if (sign < 0) {
                // Without a name it is a value itself.
                out.append(values ? pair : "*");
            } else {
                boolean open = values && name.indexOf('%') < 0 && !SecretNames.includes(name);
                out.append(name).append('=').append(open ? pair.substring(sign + 1) : "*");
            }
        }
        return out.toString();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
