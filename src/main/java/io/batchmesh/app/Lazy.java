package io.batchmesh.app;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when first asked for, and closed only if it was made. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> make;
    private final Consumer<T> close;
    private @Nullable T value;

    Lazy(Supplier<T> make, Consumer<T> close) {
        this.make = make;
        this.close = close;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = make.get();
        }
        return value;
    }

    synchronized void close() {
        if (value != null) {
            close.accept(value);
        }
    }
}
