package io.batchmesh.mesh;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the answer of a stand-in says about the request that it belongs to. */
final class Answers {
    private static final int CALLER_LENGTH = 12;
    private static final int LONGEST = 64;
    private static final Pattern UNFIT = Pattern.compile("[^!#-\\[\\]-~]");

    private Answers() {}

    /** How an answer was found. */
    enum Verdict {
        /** The answer of this very request. */
        OWN,
        /** The answer of another request for the same, from a cache, and it says so. */
        SHARED,
        /** An error: status 400 or more. */
        ERROR,
        /** The answer of somebody else's request. */
        WRONG
    }

    /** How a body begins. */
    static String start(@Nullable String nonce, String path, @Nullable String caller) {
        return "{\"requestId\":\""
                + clean(nonce)
                + "\",\"path\":\""
                + clean(path)
                + "\",\"caller\":\""
                + clean(caller)
                + "\",";
    }

    /** The end of a bearer token, by which a caller is told from others. */
    static String caller(String token) {
        return token.substring(Math.max(0, token.length() - CALLER_LENGTH));
    }

    static Verdict verdict(RequestMaker.Made made, Call.Answer answer) {
        if (answer.status() >= 400) {
            return Verdict.ERROR;
        }
        var text = answer.start();
        if (has(text, "requestId", made.nonce())) {
            return Verdict.OWN;
        }
        boolean same = has(text, "path", made.path()) && has(text, "caller", made.caller());
        return same && answer.shared() ? Verdict.SHARED : Verdict.WRONG;
    }

    private static boolean has(String text, String field, @Nullable String value) {
        return text.contains("\"" + field + "\":\"" + clean(value) + "\"");
    }

    /** Short, and without anything that JSON would have to escape. */
    private static String clean(@Nullable String value) {
        if (value == null) {
            return "";
        }
        var text = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                return UNFIT.matcher(text).replaceAll("_");
            }
        }
        return text;
    }

    private static boolean plain(char c) {
        return c > ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
