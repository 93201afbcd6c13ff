package io.batchmesh.model;

/**
 * What a rule for alerts watches.
 *
 * @param kind links, services or proxies
 * @param name {@code from->to}, a service or a proxy, or {@link #EACH}
 */
public record AlertTarget(Kind kind, String name) {
    /** The name that means each one of the kind, by itself. */
    public static final String EACH = "*";

    /** What can be watched. */
    public enum Kind {
        /** A link, as its callers see it. */
        LINK("link"),
        /** A service, as all who call it see it. */
        SERVICE("service"),
        /** A proxy. */
        PROXY("proxy");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name of the field in files. */
        public String label() {
            return label;
        }
    }

    /** Each one of a kind. */
    public static AlertTarget each(Kind kind) {
        return new AlertTarget(kind, EACH);
    }

    public boolean isEach() {
        return name.equals(EACH);
    }

    /** {@code every link}, {@code reviews}. */
    public String words() {
        return isEach() ? "every " + kind.label() : name.replace("->", " → ");
    }
}
