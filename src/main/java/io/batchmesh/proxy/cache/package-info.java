/**
 * Answers kept in memory and shared between callers: a shared cache by RFC 9111, with
 * stale-while-revalidate and stale-if-error (RFC 5861), and {@code Cache-Status} by RFC 9211.
 *
 * <p>Where the RFC leaves a choice, it is made so that nobody can get what is another's: what comes
 * with {@code Set-Cookie} is never kept; a request with credentials is answered only by what says
 * itself that it is for all ({@code public}, {@code s-maxage}, {@code must-revalidate}), and
 * neither waits for others nor is waited for; an answer goes only to requests that take the same
 * route. Errors are kept only when they say for how long, the ttl of the window is not for them.
 * Requests for parts, and those with preconditions for changes, pass by.
 */
@NullMarked
package io.batchmesh.proxy.cache;

import org.jspecify.annotations.NullMarked;
