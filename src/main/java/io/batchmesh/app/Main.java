package io.batchmesh.app;

/** Entry point of the desktop, the command line and the sidecar proxy. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(args.length);
    }
}
