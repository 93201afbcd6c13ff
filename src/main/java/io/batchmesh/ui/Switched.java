package io.batchmesh.ui;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.OverrideEntry.Kind;
import io.batchmesh.model.LinkId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What somebody switched by hand at the running proxies, over their configs.
 *
 * @param byProxy by the proxy's name; those with nothing switched may be absent
 */
public record Switched(Map<String, List<OverrideEntry>> byProxy) {
    /** Nothing, or nothing is known. */
    public static final Switched NOTHING = new Switched(Map.of());

    public Switched {
        byProxy = Map.copyOf(byProxy);
    }

    /** Whether some proxy was told to send the requests of a link one by one. */
    public boolean batchingOff(LinkId link) {
        return has(Kind.BATCHING_OFF, link.toString());
    }

    /** The links of which some proxy was told to send the requests one by one, each once. */
    public List<LinkId> linksOff() {
        return byProxy.values().stream()
                .flatMap(List::stream)
                .filter(o -> o.kind() == Kind.BATCHING_OFF)
                .map(o -> LinkId.parse(o.subject()))
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparing(LinkId::toString))
                .toList();
    }

    /** Whether some proxy was told to send nothing to an endpoint. */
    public boolean ejected(String address) {
        return has(Kind.ENDPOINT_EJECTED, address);
    }

    private boolean has(Kind kind, String subject) {
        return byProxy.values().stream()
                .flatMap(List::stream)
                .anyMatch(o -> o.kind() == kind && o.subject().equals(subject));
    }

    /** All of it in a line; empty where there is nothing. */
    public String words() {
        var links = new LinkedHashSet<String>();
        var endpoints = new LinkedHashSet<String>();
        for (var entries : new TreeMap<>(byProxy).values()) {
            for (var entry : entries) {
                switch (entry.kind()) {
                    case BATCHING_OFF -> links.add(entry.subject().replace("->", " → "));
                    case ENDPOINT_EJECTED -> endpoints.add(entry.subject());
                }
            }
        }
        var text = new StringBuilder();
        if (!links.isEmpty()) {
            text.append("batching off ").append(few(links));
        }
        if (!endpoints.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append(few(endpoints)).append(" taken out");
        }
        return text.toString();
    }

    /** How much of it there is, in a few words; empty where there is nothing. */
    public String brief() {
        long links = count(Kind.BATCHING_OFF);
        long endpoints = count(Kind.ENDPOINT_EJECTED);
        var text = links == 0 ? "" : "batching off on " + links + (links == 1 ? " link" : " links");
        var out = endpoints + (endpoints == 1 ? " endpoint out" : " endpoints out");
        return endpoints == 0 ? text : text.isEmpty() ? out : text + ", " + out;
    }

    private long count(Kind kind) {
        return byProxy.values().stream()
                .flatMap(List::stream)
                .filter(o -> o.kind() == kind)
                .map(OverrideEntry::subject)
                .distinct()
                .count();
    }

    private static String few(LinkedHashSet<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : names.getFirst() + " and " + (names.size() - 1) + " more";
    }
}
