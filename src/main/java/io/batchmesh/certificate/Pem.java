package io.batchmesh.certificate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A block of a PEM file (RFC 7468). */
final class Pem {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

    private final String label;
    private final byte[] der;

    private Pem(String label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    /** Such as {@code CERTIFICATE}. */
    String label() {
        return label;
    }

    /** What is in it. */
    byte[] der() {
        return der;
    }

    /**
     * All blocks of a file; text between them is skipped.
     *
     * @throws IllegalArgumentException when a block is damaged
     */
    static List<Pem> parse(byte[] file) {
        var text = new String(file, StandardCharsets.ISO_8859_1);
        var blocks = new ArrayList<Pem>();
        var begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            var label = begin.group(1);
            var end = "-----END " + label + "-----";
            int until = text.indexOf(end, begin.end());
            if (until < 0) {
                throw new IllegalArgumentException("there is no " + end);
            }
            var body = text.substring(begin.end(), until);
            blocks.add(new Pem(label, decode(label, body)));
            from = until + end.length();
        }
        return blocks;
    }

    private static byte[] decode(String label, String body) {
        if (body.contains("DEK-Info")) {
            throw new IllegalArgumentException("it is encrypted in the way of old programs");
        }
        try {
            return Base64.getMimeDecoder().decode(body.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the block " + label + " is no base64", e);
        }
    }
}
