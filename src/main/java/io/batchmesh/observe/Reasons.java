package io.batchmesh.observe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import okhttp3.Call;

/** Why a call got no answer, in words for a person; an address is shown without credentials. */
final class Reasons {
    private static final int MOST = 300;

    private Reasons() {}

    static String of(IOException e, Call call) {
        var url = call.request().url();
        var place = url.host() + ":" + url.port();
        return switch (e) {
            case UnknownHostException _ -> "the host name '" + url.host() + "' is not known";
            case ConnectException _, NoRouteToHostException _ -> "nobody listens at " + place;
            case SSLException _ -> "no secure connection to " + place + ": " + firstLine(e);
            default -> "the connection to " + place + " failed: " + firstLine(e);
        };
    }

    static String firstLine(IOException e) {
        var message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    /** What somebody else wrote: one line of it, without characters that steer a terminal. */
    static String foreign(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
