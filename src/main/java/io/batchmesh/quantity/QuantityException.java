package io.batchmesh.quantity;

/** A text that is no quantity of the kind asked for. The message says what would be one. */
public final class QuantityException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public QuantityException(String message) {
        super(message);
    }
}
