package org.ocmcore.cache.adapter.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Shows a job of a service. */
final class JobReport {
  private JobReport() {}

  static void print(JobView job, OutputOptions output, CommandContext context) {
    if (!output.isTable()) {
      output.print(job, List.of(job), JobsLs.COLUMNS, context);
      return;
    }
    print(context, "job", job.id());
    print(context, "what", job.what());
    print(
        context,
        "state",
        job.state() + (job.cancelRequested() && !job.isOver() ? " (is to end)" : ""));
    print(context, "started by", job.startedBy());
    print(context, "created", job.createdAt());
    job.startedAt().ifPresent(at -> print(context, "started", at));
    job.finishedAt().ifPresent(at -> print(context, "finished", at));
    JobView.Progress progress = job.progress();
    print(
        context,
        "done",
        Formats.count(progress.done())
            + (progress.expected().isPresent()
                ? " of " + Formats.count(progress.expected().getAsLong())
                : "")
            + (progress.etaSeconds().isPresent() && !job.isOver()
                ? ", " + Durations.text(progress.etaSeconds().getAsLong()) + " left"
                : ""));
    job.failure().ifPresent(reason -> print(context, "problem", reason));
    job.result().properties().stream()
        .filter(field -> field.getValue().isValueNode())
        .forEach(field -> print(context, field.getKey(), text(field.getValue())));
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "-" : value.asString();
  }

  private static void print(CommandContext context, String name, String text) {
    context.out().println("%-16s %s".formatted(name, text));
  }
}
