package io.batchmesh.app;

import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Workspace;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Opens addresses in the operator's browser; says so where there is none. */
record Browser(Workspace workspace, Executor io) implements Consumer<URI> {
    @Override
    public void accept(URI address) {
        io.execute(() -> open(address));
    }

    private void open(URI address) {
        boolean able =
                !GraphicsEnvironment.isHeadless()
                        && Desktop.isDesktopSupported()
                        && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE);
        try {
            if (able) {
                Desktop.getDesktop().browse(address);
                return;
            }
        } catch (IOException e) {
            able = false;
        }
        FxThread.run(() -> workspace.refuse("no browser is found here; the address is " + address));
    }
}
