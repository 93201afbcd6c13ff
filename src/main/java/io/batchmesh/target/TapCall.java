package io.batchmesh.target;

import io.batchmesh.admin.tap.TapJson;
import io.batchmesh.admin.tap.TapLine;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Response;

/** One tap of one proxy, to be read once. */
public final class TapCall implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_PROBLEM = 64 << 10;

    private final Call call;
    private final Function<IOException, String> reasons;
    private final AtomicBoolean closed = new AtomicBoolean();

    TapCall(Call call, Function<IOException, String> reasons) {
        this.call = call;
        this.reasons = reasons;
    }

    /** Hands over each line as it comes; waits until there are no more. */
    public TapEnd read(Consumer<TapLine> to) {
        try (var response = call.execute()) {
            return response.code() == 200 ? lines(response, to) : refused(response);
        } catch (EOFException e) {
            return closed.get() ? new TapEnd.Closed() : new TapEnd.Broken("it broke off");
        } catch (IOException e) {
            return closed.get() ? new TapEnd.Closed() : new TapEnd.Broken(reasons.apply(e));
        }
    }

    private static TapEnd lines(Response response, Consumer<TapLine> to) throws IOException {
        var source = response.body().source();
        while (!source.exhausted()) {
            var line = TapJson.read(source.readUtf8LineStrict(LONGEST_LINE));
            if (line != null) {
                to.accept(line);
            }
            if (line instanceof TapLine.Ended(var reason, var _)) {
                return new TapEnd.Over(Foreign.text(reason));
            }
        }
        return new TapEnd.Broken("it broke off");
    }

    private static TapEnd refused(Response response) throws IOException {
        int status = response.code();
        if (status == 404 || status == 405 || status == 501) {
            return new TapEnd.Impossible();
        }
        if (status == 401 || status == 403) {
            return new TapEnd.Refused("it does not let us in (" + status + ")");
        }
        var source = response.body().source();
        source.request(MOST_PROBLEM);
        var body =
                source.getBuffer().readByteArray(Math.min(MOST_PROBLEM, source.getBuffer().size()));
        var problem = Foreign.object(body);
        var detail = problem == null ? "" : Foreign.text(problem, "detail", "");
        return new TapEnd.Refused(detail.isEmpty() ? "it answered with status " + status : detail);
    }

    /** Ends it, from any thread. */
    @Override
    public void close() {
        closed.set(true);
        call.cancel();
    }
}
