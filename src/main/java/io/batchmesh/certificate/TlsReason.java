package io.batchmesh.certificate;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Why a handshake failed, in words.
 *
 * @param label a short name, one of a fixed set, for the metric
 * @param text for people
 */
public record TlsReason(String label, String text) {
    /** What an exception of the handshake means. */
    public static TlsReason of(Throwable failure) {
        int depth = 0;
        for (var cause = failure; cause != null && depth < 16; cause = cause.getCause()) {
            var found = known(cause);
            if (found != null) {
                return found;
            }
            depth++;
        }
        return byMessage(failure);
    }

    private static @org.jspecify.annotations.Nullable TlsReason known(Throwable cause) {
        return switch (cause) {
            case NotSslRecordException e ->
                    new TlsReason("clear-text", "the other side does not speak TLS");
            case CertificateExpiredException e ->
                    new TlsReason("expired", "its certificate has expired");
            case CertificateNotYetValidException e ->
                    new TlsReason("not-yet-valid", "its certificate is not valid yet");
            case CertPathValidatorException e
                    when e.getReason() == CertPathValidatorException.BasicReason.EXPIRED ->
                    new TlsReason("expired", "a certificate of its chain has expired");
            case CertPathValidatorException e
                    when e.getReason()
                            == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED ->
                    new TlsReason("weak", "a certificate of its chain is too weak");
            case java.security.cert.CertPathBuilderException e ->
                    e.getCause() == null ? authority() : null;
            case ClosedChannelException e ->
                    new TlsReason("closed", "the connection was closed during the handshake");
            default -> null;
        };
    }

    private static TlsReason authority() {
        return new TlsReason("authority", "its certificate is not issued by a trusted authority");
    }

    private static TlsReason byMessage(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to find valid certification path")
                || lower.contains("path does not chain")
                || lower.contains("path building failed")) {
            return authority();
        }
        if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
            return new TlsReason("identity", "its certificate is not for this host");
        }
        if (lower.contains("received fatal alert")) {
            return new TlsReason("refused", "the other side refuses: " + alert(message));
        }
        if (lower.contains("empty client certificate chain")
                || lower.contains("empty server certificate chain")) {
            return new TlsReason(
                    "no-certificate", "it shows no certificate of a trusted authority");
        }
        if (lower.contains("timed out")) {
            return new TlsReason("timeout", "the handshake took too long");
        }
        if (lower.contains("no common")
                || lower.contains("protocol")
                || lower.contains("cipher suites in common")) {
            return new TlsReason("protocol", "no TLS version, cipher or protocol in common");
        }
        boolean tls = failure instanceof SSLException || failure.getCause() instanceof SSLException;
        return tls || failure instanceof SSLHandshakeException || !(failure instanceof IOException)
                ? new TlsReason("other", "the handshake failed: " + message)
                : new TlsReason("closed", "the connection broke: " + message);
    }

    private static String alert(String message) {
        int colon = message.lastIndexOf(':');
        return message.substring(colon + 1).strip();
    }
}
