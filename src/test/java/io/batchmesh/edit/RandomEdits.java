package io.batchmesh.edit;

import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Note;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes edits by chance, some of which a topology refuses. */
final class RandomEdits {
    private final SplittableRandom random;

    RandomEdits(long seed) {
        random = new SplittableRandom(seed);
    }

    private ServiceId service() {
        return new ServiceId("s" + random.nextInt(6));
    }

    private LinkId link() {
        return new LinkId(service(), service());
    }

    private String subset() {
        return "v" + random.nextInt(3);
    }

    private RouteEdit.Owner owner() {
        return random.nextBoolean() ? RouteEdit.Owner.of(service()) : RouteEdit.Owner.of(link());
    }

    EditCommand next(Topology now) {
        return switch (random.nextInt(5)) {
            case 0 -> onServices();
            case 1 -> onSubsets();
            case 2 -> onLinks(now);
            case 3 -> onRoutes();
            default -> onScene();
        };
    }

    private EditCommand onServices() {
        return switch (random.nextInt(6)) {
            case 0 -> new ServiceEdit.RemoveService(service());
            case 1 -> new ServiceEdit.RenameService(service(), service());
            case 2 -> new ServiceEdit.SetTraffic(service(), Traffic.NONE);
            default -> new ServiceEdit.AddService(fresh(), new Layout.Position(1, 2, true));
        };
    }

    private Service fresh() {
        return new Service(
                service(),
                null,
                ServiceKind.SERVICE,
                List.of(),
                List.of(new Subset("v0", Map.of(), List.of())),
                Traffic.NONE,
                null,
                null);
    }

    private EditCommand onSubsets() {
        return switch (random.nextInt(5)) {
            case 0 -> new SubsetEdit.RemoveSubset(service(), subset());
            case 1 -> new SubsetEdit.RenameSubset(service(), subset(), subset());
            case 2 ->
                    new SubsetEdit.AddEndpoint(
                            service(), subset(), new Endpoint("h:" + random.nextInt(3), null, 1));
            case 3 -> new SubsetEdit.RemoveEndpoint(service(), subset(), "h:1");
            default ->
                    new SubsetEdit.AddSubset(service(), new Subset(subset(), Map.of(), List.of()));
        };
    }

    private EditCommand onLinks(Topology now) {
        return switch (random.nextInt(4)) {
            case 0 -> new LinkEdit.RemoveLink(link());
            case 1 -> new LinkEdit.SetBatchWindow(existing(now), window());
            default -> new LinkEdit.AddLink(link());
        };
    }

    private LinkId existing(Topology now) {
        var ids = List.copyOf(now.links().keySet());
        return ids.isEmpty() ? link() : ids.get(random.nextInt(ids.size()));
    }

    private BatchWindow window() {
        return BatchWindow.DEFAULT
                .withLinger(Duration.ofMillis(random.nextInt(100)))
                .withMaxItems(random.nextInt(5));
    }

    private EditCommand onRoutes() {
        return switch (random.nextInt(4)) {
            case 0 -> new RouteEdit.RemoveRoute(owner(), "r" + random.nextInt(3));
            case 1 -> new RouteEdit.MoveRoute(owner(), "r" + random.nextInt(3), random.nextInt(3));
            case 2 ->
                    new RouteEdit.SetRoute(
                            owner(),
                            new Route(
                                    "r" + random.nextInt(3),
                                    null,
                                    Map.of(),
                                    null,
                                    null,
                                    new Mirror(service().name(), subset(), 5),
                                    null));
            default ->
                    new RouteEdit.SetRouteSplit(
                            owner(),
                            "r" + random.nextInt(3),
                            Map.of(subset(), random.nextInt(100)));
        };
    }

    private EditCommand onScene() {
        return switch (random.nextInt(6)) {
            case 0 -> new SceneEdit.AddNote(new Note("n", random.nextInt(9), 0));
            case 1 -> new SceneEdit.RemoveNote(random.nextInt(3));
            case 2 -> new SceneEdit.SetGroup(new Group("g", List.of(service()), false));
            case 3 -> new SceneEdit.RemoveGroup("g");
            case 4 ->
                    new ProxyEdit.SetProxy(
                            new Proxy(
                                    new ProxyId("p"),
                                    service(),
                                    subset(),
                                    ProxyKind.SIDECAR,
                                    null));
            default ->
                    SceneEdit.MoveServices.one(
                            service(), new Layout.Position(random.nextInt(9), 0, true));
        };
    }
}
