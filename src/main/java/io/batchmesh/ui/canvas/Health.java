package io.batchmesh.ui.canvas;

/** How a service does; each has a shape of its own as well as a colour. */
public enum Health {
    /** A disc. */
    OK(Tone.OK, "healthy"),
    /** A triangle. */
    WARN(Tone.WARN, "needs attention"),
    /** A square. */
    ERROR(Tone.ERROR, "failing"),
    /** A ring: what is shown is old. */
    STALE(Tone.FAINT, "not heard of lately"),
    /** A dotted ring: nothing was ever seen. */
    UNKNOWN(Tone.FAINT, "nothing seen yet");

    private final Tone tone;
    private final String words;

    Health(Tone tone, String words) {
        this.tone = tone;
        this.words = words;
    }

    public Tone tone() {
        return tone;
    }

    /** For a sentence. */
    public String words() {
        return words;
    }
}
