package io.batchmesh.ui.plan;

import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.document.Document;
import io.batchmesh.document.DocumentId;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.plan.DocumentChange;
import io.batchmesh.plan.FieldChange;
import io.batchmesh.plan.Plan;
import io.batchmesh.translate.Documents;
import io.batchmesh.ui.Exact;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan in people's words: what changes of a link or a service, from what to what, and how many
 * proxies get it. What is the same in several proxies is said once.
 */
final class ChangeWords {
    private static final String BATCH = "batch.";
    private static final String ROUTES = "routes.";
    private static final Pattern DOT = Pattern.compile("\\.");

    private final Topology topology;
    private final Map<DocumentId, DocumentChange> changes = new LinkedHashMap<>();

    /** A document is read once, however many of its fields differ. */
    private final IdentityHashMap<Document, List<LinkConfig>> links = new IdentityHashMap<>();

    private final Map<String, Map<ChangeLine, Set<String>>> groups = new LinkedHashMap<>();

    private ChangeWords(Topology topology) {
        this.topology = topology;
    }

    static List<ChangeGroup> of(Plan plan, Topology topology) {
        var words = new ChangeWords(topology);
        plan.changes().forEach(c -> words.changes.put(c.id(), c));
        for (var shared : plan.shared()) {
            var known = words.known(shared.documents());
            if (!known.isEmpty()) {
                words.add(shared.change(), known);
            }
        }
        plan.changes().forEach(words::addWhole);
        return words.groups();
    }

    private @Nullable LinkConfig link(@Nullable Document document, String name) {
        if (document == null) {
            return null;
        }
        var found = links.get(document);
        if (found == null) {
            found =
                    Documents.config(document) instanceof ConfigResult.Valid valid
                            ? valid.config().links()
                            : List.of();
            links.put(document, found);
        }
        return found.stream().filter(l -> l.link().equals(name)).findFirst().orElse(null);
    }

    /** The documents that run something already: what is new is said as a whole. */
    private List<DocumentChange> known(List<DocumentId> ids) {
        return ids.stream()
                .map(changes::get)
                .flatMap(c -> c == null ? Stream.empty() : Stream.of(c))
                .filter(c -> c.kind() == DocumentChange.Kind.CHANGE)
                .toList();
    }

    private void addWhole(DocumentChange change) {
        var name = change.id().name();
        switch (change.kind()) {
            case ADD -> put("Runs nothing yet", new ChangeLine("", "", "first config"), name);
            case REMOVE ->
                    put("Not drawn", new ChangeLine(name + " " + change.problem(), "", ""), name);
            case CHANGE, UNKNOWN -> {
                // Of these the fields are said, or why they cannot be.
            }
        }
    }

    private void add(FieldChange field, List<DocumentChange> documents) {
        for (var document : documents) {
            var from = link(document.running(), field.subject());
            var to = link(document.desired(), field.subject());
            var name = document.id().name();
            if (from != null && to != null) {
                put(title(field), brief(field, from, to), name);
            } else if (to != null) {
                put(arrow(field), new ChangeLine("", "no link", window(to)), name);
            } else if (from != null) {
                put(arrow(field), new ChangeLine("", window(from), "no link"), name);
            } else {
                put(title(field), plain(field), name);
            }
        }
    }

    private static ChangeLine plain(FieldChange field) {
        return new ChangeLine(name(field), shown(field.from()), shown(field.to()));
    }

    private static String arrow(FieldChange field) {
        return field.subject().replace("->", " → ");
    }

    private static String window(LinkConfig link) {
        return WindowWords.of(link.batch());
    }

    private static ChangeLine brief(FieldChange field, LinkConfig from, LinkConfig to) {
        if (field.field().startsWith(BATCH)) {
            var part = field.field().substring(BATCH.length());
            if (part.startsWith("cache")) {
                return new ChangeLine(
                        "cache", WindowWords.cache(from.batch()), WindowWords.cache(to.batch()));
            }
            if (part.startsWith("compression")) {
                return new ChangeLine(
                        "compression",
                        WindowWords.compression(from.batch()),
                        WindowWords.compression(to.batch()));
            }
            var said = WindowWords.saidBy(from.batch(), to.batch());
            return said.contains(part)
                    ? new ChangeLine("", window(from), window(to))
                    : plain(field);
        }
        var path = DOT.split(field.field(), -1);
        if (path.length == 4 && field.field().startsWith(ROUTES) && path[2].equals("split")) {
            var subsets = List.copyOf(to.subsets().keySet());
            return new ChangeLine(
                    path[1] + " split",
                    WindowWords.split(from, path[1], subsets),
                    WindowWords.split(to, path[1], subsets));
        }
        return plain(field);
    }

    private String title(FieldChange field) {
        var link = LinkId.parse(field.subject());
        if (link == null) {
            return field.subject().isEmpty() ? "Proxies" : field.subject();
        }
        if (field.field().startsWith(ROUTES) && !isOverridden(link)) {
            return link.to() + ", routes";
        }
        var title = arrow(field);
        if (field.field().startsWith(BATCH)) {
            return title + ", window";
        }
        return title + (field.field().startsWith(ROUTES) ? ", routes" : "");
    }

    private boolean isOverridden(LinkId id) {
        var link = topology.link(id);
        return link != null && !link.traffic().routes().isEmpty();
    }

    private static String name(FieldChange field) {
        var name = field.field();
        for (var start : List.of(BATCH, ROUTES)) {
            if (name.startsWith(start)) {
                name = name.substring(start.length());
            }
        }
        var words =
                name.replaceAll("([a-z])([A-Z])", "$1 $2")
                        .replaceAll("(?<![0-9])\\.|\\.(?![0-9])", " ");
        return words.toLowerCase(java.util.Locale.ROOT);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : Exact.spaced(value);
    }

    private void put(String title, ChangeLine line, String proxy) {
        groups.computeIfAbsent(title, t -> new LinkedHashMap<>())
                .computeIfAbsent(line, l -> new LinkedHashSet<>())
                .add(proxy);
    }

    private List<ChangeGroup> groups() {
        var result = new ArrayList<ChangeGroup>();
        groups.forEach((title, lines) -> {
            var proxies = new LinkedHashSet<String>();
            lines.values().forEach(proxies::addAll);
            result.add(new ChangeGroup(title, List.copyOf(lines.keySet()), List.copyOf(proxies)));
        });
        return result;
    }
}
