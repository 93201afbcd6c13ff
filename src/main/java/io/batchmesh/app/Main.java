package io.batchmesh.app;

import io.batchmesh.cli.BatchmeshCommand;

/** Entry point of the desktop, the command line and the sidecar proxy. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exitCode;
        try (var wiring = new Wiring(new FxDesktop())) {
            exitCode = BatchmeshCommand.commandLine(wiring.context()).execute(args);
        }
        System.exit(exitCode);
    }
}
