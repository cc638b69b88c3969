package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.List;

/** Shows what a restore has done, or would do. */
final class RestoreReport {
  private RestoreReport() {}

  static void print(RestoredView restored, OutputOptions output, CommandContext context) {
    if (output.isTable()) {
      printPlain(restored, context);
    } else {
      output.print(restored, restored.rows(), RestoredView.COLUMNS, context);
    }
    printNotes(restored, context);
  }

  private static void printPlain(RestoredView restored, CommandContext context) {
    Table table = new Table("", "entries");
    for (RestoredView.Row row : restored.rows()) {
      table.add(List.of(words(row.outcome(), restored), Formats.count(row.entries())));
    }
    table.print(context.out());
    for (ChangeView.RefusalView refused : restored.refused()) {
      context
          .out()
          .println(RequestProblem.shortened(
              "not stored: %s: %s".formatted(refused.key(), refused.reason())));
    }
    long more = restored.failed()
        + restored.skipped().getOrDefault("too_large", 0L)
        - restored.refused().size();
    if (more > 0) {
      context.out().printf("not stored: %s more%n", Formats.count(more));
    }
    context
        .out()
        .println(Formats.throughput(
            Duration.ofMillis(restored.durationMs()),
            restored.rows().stream().mapToLong(RestoredView.Row::entries).sum(),
            "entries"));
  }

  private static String words(String outcome, RestoredView restored) {
    return switch (outcome) {
      case "restored" -> restored.dryRun() ? "would be stored" : "stored";
      case "failed" -> "refused";
      case "exists" -> "there already";
      case "not_matching" -> "not asked for";
      default -> outcome.replace('_', ' ');
    };
  }

  private static void printNotes(RestoredView restored, CommandContext context) {
    if (restored.moved() > 0) {
      context.printMessage("%s entries %s to another server than they came from (ring: %s)"
          .formatted(
              Formats.count(restored.moved()),
              restored.dryRun() ? "would go" : "went",
              restored.ring().orElse("unknown")));
    }
    if (!restored.damages().isEmpty()) {
      context.printMessage("the dump is damaged; what is intact of it was taken");
    }
  }

  /** Says that a restore was cancelled; returns the exit status. */
  static int cancelled(long restored, boolean isDryRun, CommandContext context) {
    context.printMessage(
        isDryRun
            ? "the dry run was cancelled; nothing is stored"
            : "the restore was cancelled; %s entries are stored and stay"
                .formatted(Formats.count(restored)));
    return Exit.FAILED;
  }
}
