package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.AuditVerifier;
import org.ocmcore.cache.adapter.http.Spelling;

/** {@code cache audit verify}: finds what was changed in an audit log. */
final class AuditCommand {
  private static final String VERIFY = "verify";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final CommandContext context;
  private final CommandLine line;

  AuditCommand(CommandContext context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  /**
   * Returns the exit status.
   *
   * @throws IOException if a file cannot be read
   */
  int execute() throws IOException {
    String action = line.words().get(0);
    if (!action.equals(VERIFY)) {
      throw new WrongUsage("audit has no action %s; did you mean %s?"
          .formatted(action, Spelling.nearest(action, List.of(VERIFY))));
    }
    Optional<String> remembered = line.text("hash");
    if (remembered.isPresent() && !SHA256.matcher(remembered.get()).matches()) {
      throw line.wrong("hash", "it must be 64 hexadecimal digits in lower case");
    }
    List<Path> given = line.paths(1);
    List<Path> files = given.size() == 1 ? AuditVerifier.filesOf(given.get(0)) : given;
    return report(AuditVerifier.verify(files, remembered), files.size());
  }

  private int report(AuditVerifier.Result result, int files) {
    String checked = "lines %d to %d in %d %s, from %s to %s, last hash %s"
        .formatted(
            result.first(),
            result.last(),
            files,
            files == 1 ? "file" : "files",
            result.from(),
            result.to(),
            result.lastHash());
    if (result.damage().isEmpty()) {
      context.out().println("OK: " + checked);
      return Exit.DONE;
    }
    context.out().println("broken: " + result.damage().get());
    if (result.lines() > 0) {
      context.out().println("before it: " + checked);
    }
    return Exit.DAMAGED;
  }
}
