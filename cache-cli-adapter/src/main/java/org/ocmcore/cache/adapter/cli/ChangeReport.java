package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up the accounts of a change, prints them, and knows the exit status. */
final class ChangeReport {
  private final CommandTarget.Act act;
  private final OutputOptions output;
  private final CommandContext context;
  private final List<ChangeView.RefusalView> refused = new ArrayList<>();
  private Optional<String> failure = Optional.empty();
  private long matched;
  private long done;
  private long gone;
  private long refusals;
  private long left;
  private long millis;

  ChangeReport(CommandTarget.Act act, OutputOptions output, CommandContext context) {
    this.act = act;
    this.output = output;
    this.context = context;
  }

  void add(ChangeView part) {
    matched += part.matchedCount();
    done += part.doneCount();
    gone += part.alreadyGoneCount();
    refusals += part.refusedCount();
    left += part.leftCount();
    millis += part.durationMs();
    refused.addAll(part.refused());
    failure = failure.or(part::failure);
  }

  void print() {
    if (!output.isTable()) {
      ChangeView all =
          new ChangeView(matched, done, gone, refusals, left, refused, millis, failure);
      output.print(all, List.of(all), ChangeView.COLUMNS, context);
    } else {
      context.out().println("%s %s".formatted(Formats.keys(done), act.done()));
    }
    if (gone > 0) {
      context.printMessage("not there: %s".formatted(Formats.keys(gone)));
    }
    refused.forEach(key -> context.printMessage(
        RequestProblem.shortened("not %s: %s: %s".formatted(act.done(), key.key(), key.reason()))));
    failure.ifPresent(reason -> context.printMessage(
        RequestProblem.shortened("left: %s: %s".formatted(Formats.keys(left), reason))));
  }

  /** @param areNamed whether every key had to be there */
  int status(boolean areNamed) {
    if (failure.isPresent()) {
      return Exit.FAILED;
    }
    if (refusals > 0) {
      return Exit.INCOMPLETE;
    }
    return areNamed && gone > 0 ? Exit.NOT_FOUND : Exit.DONE;
  }
}
