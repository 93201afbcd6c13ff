package io.batchmesh.cli;

import io.batchmesh.json.Fault;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.validate.Finding;
import io.batchmesh.validate.Severity;
import io.batchmesh.validate.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Holds topology files against all rules and prints what was found. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Holds topology files against all rules and prints what was found, with its place.",
            "Exits with 1 when there is an error; warnings alone are no reason."
        })
public final class ValidateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The topology files.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ValidateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var found = new ArrayList<Located>();
        for (var file : files) {
            found.addAll(validate(file));
        }
        var output = new Output(context);
        if (json) {
            output.json(ObjectWriter.object(o -> o.putArray("findings", found, Located::json)));
        } else {
            found.forEach(f -> output.line(f.line()));
            output.note(summary(found));
        }
        return count(found, Severity.ERROR) > 0 ? ExitCode.INVALID : ExitCode.DONE;
    }

    /** A finding and where in a file it is; line and column from 1, 0 where there is none. */
    private record Located(String rule, Severity severity, Path file, Fault fault) {
        ObjectNode json() {
            return ObjectWriter.object(o ->
                    o.put("rule", rule)
                            .put("severity", severity.label())
                            .put("file", file.toString())
                            .put("line", fault.line())
                            .put("column", fault.column())
                            .put("pointer", fault.pointer())
                            .put("message", fault.message())
                            .put("mend", fault.mend()));
        }

        /** The form that editors jump from: {@code file:line:column: severity rule: text}. */
        String line() {
            var place = fault.line() > 0 ? ":" + fault.line() + ":" + fault.column() : "";
            var mend = fault.mend().isEmpty() ? "" : "; " + fault.mend();
            var text =
                    "%s%s: %s %s: %s%s"
                            .formatted(file, place, severity.label(), rule, fault.message(), mend);
            // A file may hold what a terminal would obey.
            return text.replaceAll("\\p{Cntrl}", "?");
        }
    }

    private static List<Located> validate(Path path) {
        return switch (TopologyFile.load(path)) {
            case LoadResult.Loaded(TopologyFile file) ->
                    Validator.validate(file.topology()).stream()
                            .map(f -> located(file, f))
                            .toList();
            case LoadResult.Faulty(Path _, List<Fault> faults) ->
                    faults.stream().map(f -> unreadable(path, f)).toList();
            case LoadResult.Missing _ -> whole(path, "there is no such file", "check the path");
            case LoadResult.Unreadable(Path _, String reason) ->
                    whole(path, "the file cannot be read: " + reason, "");
            case LoadResult.TooLarge(Path _, long bytes) ->
                    whole(path, "the file has " + bytes + " bytes", "at most 32 MiB are read");
        };
    }

    private static Located located(TopologyFile file, Finding finding) {
        var at = file.document().position(finding.pointer());
        int line = at == null ? 0 : at.line();
        int column = at == null ? 0 : at.column();
        var fault = new Fault(finding.pointer(), line, column, finding.message(), finding.mend());
        return new Located(finding.rule(), finding.severity(), file.path(), fault);
    }

    private static List<Located> whole(Path path, String message, String mend) {
        return List.of(unreadable(path, new Fault("", 0, 0, message, mend)));
    }

    private static Located unreadable(Path path, Fault fault) {
        return new Located(Validator.UNREADABLE, Severity.ERROR, path, fault);
    }

    private static String summary(List<Located> found) {
        if (found.isEmpty()) {
            return "no findings";
        }
        var parts = new ArrayList<String>();
        for (var severity : Severity.values()) {
            long count = count(found, severity);
            if (count > 0) {
                var plural = severity == Severity.INFO || count == 1 ? "" : "s";
                parts.add(count + " " + severity.label() + plural);
            }
        }
        return String.join(", ", parts);
    }

    private static long count(List<Located> found, Severity severity) {
        return found.stream().filter(f -> f.severity() == severity).count();
    }
}
