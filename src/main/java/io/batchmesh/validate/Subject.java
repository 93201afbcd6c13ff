package io.batchmesh.validate;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;

/** What a finding is about: what to select when somebody asks to see it. */
public sealed interface Subject {
    /** A service. */
    record OfService(ServiceId service) implements Subject {
        @Override
        public String toString() {
            return service.toString();
        }
    }

    /** A link. */
    record OfLink(LinkId link) implements Subject {
        @Override
        public String toString() {
            return link.from() + " → " + link.to();
        }
    }

    /** A proxy. */
    record OfProxy(ProxyId proxy) implements Subject {
        @Override
        public String toString() {
            return proxy.toString();
        }
    }

    /** The topology as a whole. */
    record Whole() implements Subject {
        @Override
        public String toString() {
            return "topology";
        }
    }
}
