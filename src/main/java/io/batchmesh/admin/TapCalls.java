package io.batchmesh.admin;

import io.batchmesh.admin.tap.TapOrder;
import io.batchmesh.admin.tap.TapParameters;
import io.batchmesh.admin.tap.TapStart;
import io.batchmesh.time.Clocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The call that opens a tap. */
final class TapCalls {
    private static final Logger LOG = LoggerFactory.getLogger(TapCalls.class);

    private final AdminSubject subject;
    private final Clocks clocks;

    TapCalls(AdminSubject subject, Clocks clocks) {
        this.subject = subject;
        this.clocks = clocks;
    }

    AdminResponse open(AdminRequest request) {
        return switch (TapParameters.read(request.query())) {
            case TapParameters.Read.Invalid(var faults) ->
                    Problem.of(400, "Bad tap", String.join("; ", faults));
            case TapParameters.Read.Valid(var order) -> open(order, request);
        };
    }

    private AdminResponse open(TapOrder order, AdminRequest request) {
        var author = request.author();
        var who = author == null ? "somebody" : HeaderText.encode(author);
        return switch (subject.tap(order)) {
            case TapStart.Impossible _ ->
                    Problem.of(501, "No tap", "single requests cannot be seen here");
            case TapStart.TooMany(int most) ->
                    Problem.of(503, "Too many taps", most + " are open; close one, or try later")
                            .with("retry-after", "5");
            case TapStart.Open(var session) -> {
                LOG.info(
                        "A tap is opened by {} for {} s: {}; header values shown: {}; query"
                                + " values: {}",
                        who,
                        order.time().toSeconds(),
                        HeaderText.encode(order.filter().describe()),
                        order.shown(),
                        order.query() ? "shown" : "hidden");
                yield AdminResponse.lines(
                        "application/x-ndjson",
                        new TapStream(session, clocks, order.time(), String.valueOf(who)));
            }
        };
    }
}
