package io.batchmesh.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How a server is spoken to: whose certificates are believed, and by what it knows us.
 *
 * @param authority the PEM file of the authorities that may have signed its certificate; null for
 *     those that the Java runtime believes
 * @param credentials sent with every request
 */
public record Access(@Nullable Path authority, Credentials credentials) {
    /** No credentials, and the authorities of the Java runtime. */
    public static final Access NONE = new Access(null, Credentials.NONE);

    private static final int MOST_SECRET = 16_384;

    /** The bearer token in a file. */
    public static Access bearer(Path tokenFile) {
        return new Access(null, new Credentials.Bearer(tokenFile));
    }

    /**
     * A client that does as another and keeps to this. Redirections are not followed, so that
     * credentials never reach anybody else.
     *
     * @throws AccessException when the authorities cannot be read
     */
    public OkHttpClient client(OkHttpClient base) throws AccessException {
        var builder = base.newBuilder().followRedirects(false).followSslRedirects(false);
        if (authority != null) {
            var trusted = Authority.read(authority);
            builder.sslSocketFactory(trusted.sockets(), trusted.manager());
        }
        if (!(credentials instanceof Credentials.None)) {
            builder.addInterceptor(this::authorized);
        }
        return builder.build();
    }

    private Response authorized(Interceptor.Chain chain) throws IOException {
        var header =
                switch (credentials) {
                    case Credentials.None _ -> "";
                    case Credentials.Bearer(var file) -> "Bearer " + secret(file);
                    case Credentials.Basic(var user, var file) ->
                            okhttp3.Credentials.basic(user, secret(file), StandardCharsets.UTF_8);
                };
        return chain.proceed(chain.request().newBuilder().header("Authorization", header).build());
    }

    /** The one line that a file holds. */
    private static String secret(Path file) throws IOException {
        String text;
        try (var in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MOST_SECRET), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SecretException("the file of the secret cannot be read: " + file, e);
        }
        if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new SecretException("the file holds no secret of one line: " + file, null);
        }
        return text;
    }

    /** A request was not sent, since what it should carry cannot be had. */
    public static final class SecretException extends IOException {
        private static final long serialVersionUID = 1;

        private SecretException(String message, @Nullable IOException cause) {
            super(message, cause);
        }
    }
}
