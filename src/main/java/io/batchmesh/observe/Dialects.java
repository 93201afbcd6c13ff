package io.batchmesh.observe;

import java.util.List;

/** The dialects that there are. */
final class Dialects {
    /** All but our own, in the order in which they are believed where several tell of a link. */
    static final List<Dialect> FOREIGN =
            List.of(
                    new IstioDialect(),
                    new LinkerdDialect(),
                    new EnvoyDialect(),
                    new HaproxyDialect());

    /** Our own. */
    static final Dialect OWN = new OwnDialect();

    private Dialects() {}
}
