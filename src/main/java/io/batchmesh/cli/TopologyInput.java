package io.batchmesh.cli;

import io.batchmesh.json.Fault;
import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Validator;
import java.nio.file.Path;

/** Reads the topology that a command is to work on; one with errors is not worked on. */
final class TopologyInput {
    private TopologyInput() {}

    /**
     * The topology in a file. Its errors are noted, each with its place.
     *
     * @throws CommandFailure when it cannot be read or has errors
     */
    static Topology read(Path path, Output output) {
        var result = TopologyFile.load(path);
        if (!(result instanceof LoadResult.Loaded(TopologyFile file))) {
            throw new CommandFailure(ExitCode.INVALID, Plain.text(result.problem()));
        }
        var errors =
                Validator.validate(file.topology()).stream()
                        .filter(f -> f.severity() == Severity.ERROR)
                        .toList();
        errors.forEach(f -> output.note(line(file, f)));
        if (!errors.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "%s has %d error%s; mend what stands above"
                            .formatted(path, errors.size(), errors.size() == 1 ? "" : "s"));
        }
        return file.topology();
    }

    private static String line(TopologyFile file, Finding finding) {
        var at = file.document().position(finding.pointer());
        var fault =
                new Fault(
                        finding.pointer(),
                        at == null ? 0 : at.line(),
                        at == null ? 0 : at.column(),
                        finding.message(),
                        finding.mend());
        return Plain.text(file.path() + ":" + fault.describe());
    }
}
