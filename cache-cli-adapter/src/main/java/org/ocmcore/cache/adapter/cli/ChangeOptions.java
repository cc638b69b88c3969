package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Pause;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which keys a verb changes, and what it needs to be allowed to. */
final class ChangeOptions {
  private static final String STANDARD_INPUT = "-";
  private static final int AT_ONCE = 1_000;

  @Parameters(
      paramLabel = "KEY",
      arity = "0..*",
      description =
          "named keys, as lists show them; - reads them from standard input, as keys and keys -0 list them")
  private List<String> keys = List.of();

  @Mixin
  private KeyArgument form;

  @Mixin
  private FilterOptions filters;

  @Option(names = "--all", description = "every key; needed if there is no filter")
  private boolean isAll;

  @Option(names = "--dry-run", description = "change nothing; show what would be changed")
  private boolean isDryRun;

  @Option(names = "--yes", description = "do not ask, for scripts; needs --max-keys beside filters")
  private boolean isConfirmed;

  @Option(
      names = "--max-keys",
      paramLabel = "N",
      description = "change nothing if more keys than these match; exit 7")
  private String maxKeys;

  @Option(
      names = "--plan",
      paramLabel = "ID",
      description = "do what an earlier --dry-run through a service has shown; it names the ID")
  private String plan;

  @Mixin
  private QuietOption quiet;

  @Option(names = "--rate", paramLabel = "N", description = "at most N keys a second")
  private String rate;

  /** The most keys a second; 0 for no limit. */
  long rate() {
    return rate == null ? 0 : Numbers.of("--rate", rate, 1, 1_000_000_000);
  }

  /** Throws {@link WrongUsage} unless it is clear which keys are meant. */
  void requireClear() {
    boolean isFiltered = !filters.isEmpty();
    if (plan != null && (isFiltered || isAll || !keys.isEmpty() || isDryRun || maxKeys != null)) {
      throw new WrongUsage(
          "--plan stands for the keys and all filters; only --rate and --yes may stand beside it");
    }
    if (plan != null) {
      return;
    }
    keys.stream().filter(word -> !word.equals(STANDARD_INPUT)).forEach(form::parse);
    if (!keys.isEmpty() && (isFiltered || isAll)) {
      throw new WrongUsage("give keys or filters, not both");
    }
    if (keys.isEmpty() && !isFiltered && !isAll) {
      throw new WrongUsage("which keys? Give keys, filters such as --prefix, or --all");
    }
    if (isFiltered && isAll) {
      throw new WrongUsage("--all means every key; leave out the filters, or --all");
    }
    if (isFiltered && filters.passEverything()) {
      throw new WrongUsage("these filters pass every key; if that is meant, give --all instead");
    }
    if (keys.isEmpty() && isConfirmed && maxKeys == null) {
      throw new WrongUsage("--yes needs --max-keys N, so that a wrong filter changes few keys");
    }
    maxKeys();
  }

  /** Whether all is said by an earlier preview. */
  boolean isPlanned() {
    return plan != null;
  }

  private OptionalLong maxKeys() {
    return maxKeys == null
        ? OptionalLong.empty()
        : OptionalLong.of(Numbers.of("--max-keys", maxKeys, 0, Long.MAX_VALUE));
  }

  /**
   * Changes the keys, after a question if they are not named.
   *
   * @param pause keeps named keys below the rate
   * @return the exit status
   * @throws IOException if standard input cannot be read
   */
  int execute(
      CommandTarget cache,
      CommandTarget.ChangeOrder change,
      OutputOptions output,
      CommandContext context,
      Pause pause)
      throws IOException {
    context.messages().printPart("on " + cache.place());
    if (isPlanned()) {
      return changePlanned(cache, change.act(), output, context);
    }
    return keys.isEmpty()
        ? changeFound(cache, change, output, context)
        : changeNamed(cache, change, output, context, pause);
  }

  private int changePlanned(
      CommandTarget cache, CommandTarget.Act act, OutputOptions output, CommandContext context)
      throws IOException {
    if (!cache.keepsPlans()) {
      throw new WrongUsage(
          "--plan is \"%s\": plans are kept by services; give --url".formatted(plan));
    }
    if (!isConfirmed) {
      Question.requireTerminal(context, "--yes");
      PreviewView preview = cache.previewPlan(plan, act);
      show(preview, act, context);
      if (!isConfirmed(preview, act, context)) {
        return Exit.NOT_CONFIRMED;
      }
    }
    ChangeReport report = new ChangeReport(act, output, context);
    report.add(execute(cache, plan, act, OptionalLong.empty(), context));
    report.print();
    return report.status(false);
  }

  private ChangeView execute(
      CommandTarget cache,
      String saved,
      CommandTarget.Act act,
      OptionalLong most,
      CommandContext context) {
    ProgressLine line = new ProgressLine(act.work(), "keys", "waiting for its turn");
    try (ProgressWatcher watcher = new ProgressWatcher(context, quiet.style(context), line)) {
      return cache.execute(saved, act, rate(), most, watcher);
    }
  }

  private int changeNamed(
      CommandTarget cache,
      CommandTarget.ChangeOrder change,
      OutputOptions output,
      CommandContext context,
      Pause pause)
      throws IOException {
    List<CacheKey> named = named(context.in());
    if (isDryRun) {
      context.printMessage("%s named; those that are there would be %s"
          .formatted(Formats.keys(named.size()), change.act().done()));
      return Exit.DONE;
    }
    ChangeReport report = new ChangeReport(change.act(), output, context);
    int atOnce = (int) Math.min(AT_ONCE, rate() == 0 ? AT_ONCE : rate());
    Pacing pacing = new Pacing(rate(), pause);
    for (int from = 0; from < named.size(); from += atOnce) {
      int to = Math.min(named.size(), from + atOnce);
      report.add(cache.change(named.subList(from, to), change));
      if (to < named.size()) {
        pacing.await(to);
      }
    }
    report.print();
    return report.status(true);
  }

  private List<CacheKey> named(InputStream in) throws IOException {
    List<CacheKey> named = new ArrayList<>();
    for (String word : keys) {
      if (word.equals(STANDARD_INPUT)) {
        named.addAll(form.parseAll(in));
      } else {
        named.add(form.parse(word));
      }
    }
    return named;
  }

  private int changeFound(
      CommandTarget cache,
      CommandTarget.ChangeOrder change,
      OutputOptions output,
      CommandContext context)
      throws IOException {
    if (!isDryRun && !isConfirmed) {
      Question.requireTerminal(context, "--yes and --max-keys N");
    }
    PreviewView preview = cache.preview(filters, change);
    if (isDryRun && !output.isTable()) {
      PreviewView shown = cache.keepsPlans() ? preview : preview.withoutPlan();
      output.print(shown, List.of(shown), PreviewView.COLUMNS, context);
      return Exit.DONE;
    }
    show(preview, change.act(), context);
    OptionalLong most = maxKeys();
    if (most.isPresent() && preview.matchedCount() > most.getAsLong()) {
      context
          .messages()
          .printFailure(
              "%s would be %s, and --max-keys is %s: nothing was done"
                  .formatted(
                      Formats.keys(preview.matchedCount()),
                      change.act().done(),
                      Formats.count(most.getAsLong())),
              Exit.NOT_CONFIRMED);
      return Exit.NOT_CONFIRMED;
    }
    if (isDryRun || preview.matchedCount() == 0) {
      if (cache.keepsPlans() && preview.matchedCount() > 0) {
        context.printMessage("to do it within an hour: give --plan %s instead of the filters"
            .formatted(preview.plan()));
      }
      return Exit.DONE;
    }
    if (!isConfirmed && !isConfirmed(preview, change.act(), context)) {
      return Exit.NOT_CONFIRMED;
    }
    ChangeReport report = new ChangeReport(change.act(), output, context);
    report.add(execute(cache, preview.plan(), change.act(), most, context));
    report.print();
    return report.status(false);
  }

  private static boolean isConfirmed(
      PreviewView preview, CommandTarget.Act act, CommandContext context) throws IOException {
    return Question.isConfirmed(context, preview.matchedCount(), "if they are to be " + act.done());
  }

  private static void show(PreviewView preview, CommandTarget.Act act, CommandContext context) {
    context
        .messages()
        .printPart("%s (%s) would be %s, as of %s"
            .formatted(
                Formats.keys(preview.matchedCount()),
                Formats.bytes(preview.matchedBytes()),
                act.done(),
                preview.asOf()));
    for (Map.Entry<String, Long> server : preview.servers().entrySet()) {
      context
          .messages()
          .printPart("  %s: %s".formatted(server.getKey(), Formats.count(server.getValue())));
    }
    preview.sample().stream()
        .limit(5)
        .forEach(key -> context.messages().printPart("  such as " + TerminalText.key(key)));
  }
}
