package io.batchmesh.ui;

import io.batchmesh.model.LinkId;

/** Switches things by hand at the running proxies: break-glass. FX thread; returns at once. */
public interface HandSwitch {
    /** Where no proxies are known. */
    HandSwitch NONE =
            new HandSwitch() {
                @Override
                public void batching(LinkId link, boolean off) {}

                @Override
                public void endpoint(String address, boolean out) {}
            };

    /** Has the requests of a link go one by one from now on, or in batches again. */
    void batching(LinkId link, boolean off);

    /** Has nothing sent to an endpoint from now on, or something again. */
    void endpoint(String address, boolean out);
}
