package io.batchmesh.validate;

import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that are none, and addresses that two things claim. */
final class AddressRules {
    private static final Pattern HOST =
            Pattern.compile("\\[[0-9A-Fa-f:.%a-z]{2,60}]|[A-Za-z0-9_]([A-Za-z0-9._-]{0,252})?");
    private static final int MOST_DIGITS = 5;

    private final Scope scope;
    private final Map<String, String> taken = new HashMap<>();

    private AddressRules(Scope scope) {
        this.scope = scope;
    }

    static void check(Scope scope) {
        var rules = new AddressRules(scope);
        for (var service : scope.services()) {
            rules.ports(service);
            rules.endpoints(service);
        }
        rules.admins();
        for (var service : scope.services()) {
            rules.proxyCount(service);
        }
    }

    private void ports(Service service) {
        var numbers = new HashSet<Integer>();
        for (int i = 0; i < service.ports().size(); i++) {
            int port = service.ports().get(i).port();
            if (!numbers.add(port)) {
                scope.error(
                        "BM-116",
                        scope.at(service).in("ports", i, "port"),
                        service.name() + " has the port " + port + " twice",
                        "give each port its own number");
            }
        }
    }

    private void endpoints(Service service) {
        for (int s = 0; s < service.subsets().size(); s++) {
            var subset = service.subsets().get(s);
            for (int e = 0; e < subset.endpoints().size(); e++) {
                var at = scope.at(service).in("subsets", s, "endpoints", e, "address");
                endpoint(service, subset, subset.endpoints().get(e).address(), at);
            }
        }
    }

    private void endpoint(Service service, Subset subset, String address, Place at) {
        if (!isAddress(address)) {
            scope.error(
                    "BM-111",
                    at,
                    "'" + address + "' is no address of an endpoint",
                    "write host:port, such as 127.0.0.1:9080 or [::1]:9080, port 1 to 65535");
            return;
        }
        var owner = service.name() + " " + subset.name();
        var other = taken.putIfAbsent(address, owner);
        if (other != null && service.kind() == ServiceKind.EXTERNAL) {
            scope.warn(
                    "BM-112",
                    at,
                    address + " is an endpoint of " + other + " too",
                    "give one of them another address");
        } else if (other != null) {
            scope.error(
                    "BM-112",
                    at,
                    address + " is an endpoint of " + other + " already",
                    "give one of them another address");
        }
    }

    private static boolean isAddress(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !HOST.matcher(address.substring(0, colon)).matches()) {
            return false;
        }
        var digits = address.substring(colon + 1);
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return false;
        }
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535;
    }

    private void admins() {
        var admins = new HashMap<String, String>();
        for (var proxy : scope.topology().proxies().values()) {
            var address = authority(proxy.admin());
            if (address == null) {
                continue;
            }
            var at = scope.at(proxy.id()).in("admin");
            var name = proxy.id().name();
            var other = admins.putIfAbsent(address, name);
            if (other != null) {
                scope.error(
                        "BM-113",
                        at,
                        "%s and %s have the same admin address %s".formatted(name, other, address),
                        "give each proxy its own");
            }
            var endpoint = taken.get(address);
            if (endpoint != null) {
                scope.error(
                        "BM-114",
                        at,
                        "the admin address %s of %s is an endpoint of %s"
                                .formatted(address, name, endpoint),
                        "give the proxy another port");
            }
        }
    }

    private static @Nullable String authority(@Nullable URI admin) {
        if (admin == null || admin.getHost() == null) {
            return null;
        }
        int otherwise = "https".equals(admin.getScheme()) ? 443 : 80;
        int port = admin.getPort() < 0 ? otherwise : admin.getPort();
        return admin.getHost() + ":" + port;
    }

    private void proxyCount(Service service) {
        var proxies = scope.proxies(service.id());
        long endpoints = service.subsets().stream().mapToLong(s -> s.endpoints().size()).sum();
        for (long i = endpoints; i < proxies.size(); i++) {
            var proxy = proxies.get((int) i);
            scope.warn(
                    "BM-115",
                    scope.at(proxy.id()),
                    "%s has %d endpoints and %d proxies, so %s stands beside none"
                            .formatted(service.name(), endpoints, proxies.size(), proxy.id()),
                    "add an endpoint, or remove the proxy");
        }
    }
}
