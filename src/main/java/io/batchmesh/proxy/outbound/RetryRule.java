package io.batchmesh.proxy.outbound;

import io.batchmesh.policy.Retry;
import io.batchmesh.proxy.http.CallFailure;

/** Whether a failure is one that a route wants tried again. */
final class RetryRule {
    private RetryRule() {}

    /** Whether an answer with this status is a cause. */
    static boolean wants(Retry retry, int status) {
        return status >= 500
                && (retry.on().contains("5xx")
                        || (retry.on().contains("gateway-error")
                                && status >= 502
                                && status <= 504));
    }

    /** Whether such a failure is a cause. */
    static boolean wants(Retry retry, CallFailure failure) {
        return switch (failure.kind()) {
            case CONNECT ->
                    retry.on().contains("connect-failure")
                            || retry.on().contains("5xx")
                            || retry.on().contains("gateway-error");
            case RESET, PROTOCOL -> retry.on().contains("reset") || retry.on().contains("5xx");
            case OVERFLOW, UNTOUCHED -> false;
        };
    }
}
