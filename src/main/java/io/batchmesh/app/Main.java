package io.batchmesh.app;

import io.batchmesh.cli.BatchmeshCommand;

/** Entry point of the desktop, the command line and the sidecar proxy. */
public final class Main {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private Main() {}

    public static void main(String[] args) {
        // Sampling buffers for leaks costs a stack trace per hundred or so; tests do it instead.
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        int exitCode;
        try (var wiring = new Wiring(new FxDesktop())) {
            exitCode = BatchmeshCommand.commandLine(wiring.context()).execute(args);
        }
        System.exit(exitCode);
    }
}
