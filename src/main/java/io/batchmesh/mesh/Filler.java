package io.batchmesh.mesh;

import java.util.SplittableRandom;

/**
 * Fills JSON objects up to a size with records as APIs give them: the same field names over and
 * over, words of a small vocabulary, and numbers that differ. Compresses about as real answers do,
 * neither like noise nor like one letter. Immutable.
 */
final class Filler {
    /** Bytes that the filling takes at least. */
    static final int LEAST = "\"items\":[],\"end\":\"\"}".length();

    private static final int VARIANTS = 16;
    private static final int POOLED = 16 << 10;
    private static final String[] WORDS = {
        "amber", "batch", "cedar", "delta", "ember", "field", "grove", "harbor", "indigo",
        "juniper", "kestrel", "linen", "meadow", "north", "orchid", "pebble", "quartz", "river",
        "saffron", "timber", "umber", "violet", "willow", "yarrow"
    };

    /** The one filler: what it makes depends only on its arguments. */
    static final Filler INSTANCE = new Filler();

    private final String[] items = new String[VARIANTS];

    private Filler() {
        for (int i = 0; i < VARIANTS; i++) {
            items[i] = items(new SplittableRandom(i));
        }
    }

    private static String items(SplittableRandom random) {
        var text = new StringBuilder(POOLED + 256);
        while (text.length() < POOLED) {
            text.append("{\"id\":").append(random.nextInt(1_000_000));
            text.append(",\"name\":\"").append(word(random)).append(' ').append(word(random));
            text.append("\",\"price\":").append(random.nextInt(100_000) / 100.0);
            text.append(",\"inStock\":").append(random.nextBoolean());
            text.append(",\"tag\":\"").append(word(random)).append("\"},");
        }
        return text.toString();
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /**
     * A JSON object of exactly {@code size} characters, all of them ASCII as long as {@code start}
     * is.
     *
     * @param start how it begins, up to the comma after its first fields
     * @param key chooses among the fillings; the same key gives the same one
     * @param size at least the length of {@code start} and {@link #LEAST}
     */
    String object(String start, int key, int size) {
        var text = new StringBuilder(size).append(start).append("\"items\":[");
        int end = size - (LEAST - "\"items\":[".length());
        for (int i = key; text.length() < end; i++) {
            var source = items[Math.floorMod(i, VARIANTS)];
            int room = Math.min(end - text.length(), source.length());
            int cut = source.lastIndexOf("},", room - 2);
            if (cut < 0) {
                break;
            }
            text.append(source, 0, cut + 2);
        }
        if (text.charAt(text.length() - 1) == ',') {
            text.setLength(text.length() - 1);
        }
        text.append("],\"end\":\"");
        while (text.length() < size - 2) {
            text.append('.');
        }
        return text.append("\"}").toString();
    }
}
