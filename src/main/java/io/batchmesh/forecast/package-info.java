/**
 * What a batch window will do: how long requests wait, how full batches are, what that costs and
 * saves. Pure arithmetic over Poisson arrivals; no I/O, no clock.
 *
 * <p>With arrivals of rate λ, a window W opened by the first request, and at most N requests in a
 * batch, let X be Poisson with mean λW. Then a batch holds {@code E[B] = 1 + Σ P(X ≥ j), j = 1 …
 * N−1} requests, a request finds itself in one of {@code [1 + Σ (2j+1)·P(X ≥ j)] / E[B]}, the mean
 * wait is {@code Σ j·P(X ≥ j) / (λ·E[B])}, and a request waits longer than x with probability
 * {@code [P(Y ≤ N−2) + G(W) − G(x)] / E[B]}, where Y is Poisson with mean λx and {@code G(u) = Σ
 * P(Poisson(λu) ≥ j), j = 1 … N−2}. The tests hold all three against a simulation.
 */
@NullMarked
package io.batchmesh.forecast;

import org.jspecify.annotations.NullMarked;
