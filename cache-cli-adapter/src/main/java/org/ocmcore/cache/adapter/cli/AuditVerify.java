package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache audit verify}. */
@Command(
    name = "verify",
    header = "Find what was changed in an audit log.",
    description = {
      "Checks that each line is as it was written and follows the one before. One FILE stands",
      "for the log with its full files beside it, such as audit.log.000000000001; several FILEs are",
      "taken as they are, oldest first. A person who can write the log can write it anew from the",
      "beginning, and can remove its end: keep the hash of a line elsewhere and give it as --hash.",
      "Exit status 5 if the log is broken. Needs no settings and asks no server."
    })
final class AuditVerify extends Verb {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      converter = FileArgument.class,
      description = "the files of the log")
  private List<Path> files;

  @Option(names = "--hash", paramLabel = "HEX", description = "a line with this hash must be there")
  private String remembered;

  @Mixin
  private OutputOptions output;

  AuditVerify(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    if (remembered != null && !SHA256.matcher(remembered).matches()) {
      throw FilterOptions.wrong(
          "--hash", remembered, "it must be 64 hexadecimal digits in lower case");
    }
    return report(host().checkAudit(files, Optional.ofNullable(remembered)));
  }

  private int report(AuditCheck result) {
    if (!output.isTable()) {
      AuditView view = AuditView.of(result);
      output.print(view, List.of(view), AuditView.COLUMNS, context());
      return result.damage().isEmpty() ? Exit.DONE : Exit.DAMAGED;
    }
    String checked = "lines %d to %d in %d %s, from %s to %s, last hash %s"
        .formatted(
            result.first(),
            result.last(),
            result.files(),
            result.files() == 1 ? "file" : "files",
            result.from(),
            result.to(),
            result.lastHash());
    if (result.damage().isEmpty()) {
      context().out().println("OK: " + checked);
      return Exit.DONE;
    }
    context().out().println("broken: " + result.damage().get());
    if (result.lines() > 0) {
      context().out().println("before it: " + checked);
    }
    return Exit.DAMAGED;
  }
}
