package io.batchmesh.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves a picture whole, so that whoever looks at the file never sees half of it. */
final class PictureFile {
    private PictureFile() {}

    static void save(Path picture, byte[] png) throws IOException {
        var target = picture.toAbsolutePath();
        var folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        Files.write(part, png);
        Files.move(
                part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
