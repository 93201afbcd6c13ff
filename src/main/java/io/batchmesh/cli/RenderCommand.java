package io.batchmesh.cli;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a topology into a picture file. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = {
            "Draws a topology into a picture, PNG or SVG by the ending of its name.",
            "Needs no display. Services without a place are arranged; the file is not changed."
        })
public final class RenderCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PICTURE",
            description = "The picture to write: a name that ends in .png or .svg.")
    private Path picture = Path.of("");

    @Option(names = "--light", description = "On a light ground, as for print.")
    private boolean light;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    RenderCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var name = picture.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "-o " + picture + ": the name must end in .png or .svg");
        }
        var topology = topology();
        try {
            context.desktop().render(topology, picture, light);
            report(topology);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    picture + ": cannot be written: there is no such directory; make it first");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INVALID, picture + ": cannot be written: " + e.getMessage());
        }
        return ExitCode.DONE;
    }

    private Topology topology() {
        var result = TopologyFile.load(file);
        if (result instanceof LoadResult.Loaded(var loaded)) {
            return loaded.topology();
        }
        throw new CommandFailure(ExitCode.INVALID, result.problem());
    }

    private void report(Topology topology) throws IOException {
        var output = new Output(context);
        var services = topology.services().size();
        var links = topology.links().size();
        if (json) {
            var bytes = Files.size(picture);
            output.json(
                    ObjectWriter.object(o ->
                            o.put("picture", picture.toString())
                                    .put("bytes", bytes)
                                    .put("services", services)
                                    .put("links", links)));
        } else {
            output.note("%s: %d services, %d links".formatted(picture, services, links));
        }
    }
}
