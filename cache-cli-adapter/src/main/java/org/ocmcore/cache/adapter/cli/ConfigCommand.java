package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.ocmcore.cache.adapter.cli.CommandSettings.EffectiveSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cache config}: the settings. */
@Command(
    name = "config",
    header = "Show each setting, its value and where it comes from.",
    description = {
      "Settings are environment variables. Passwords are not shown. Exit status 2 if a setting is",
      "wrong, with all problems; asks no server."
    })
final class ConfigCommand implements Callable<Integer> {
  private static final Column<EffectiveSetting> MEANING =
      Column.text("meaning", "meaning", EffectiveSetting::meaning);
  private static final List<Column<EffectiveSetting>> COLUMNS = List.of(
      Column.text("name", "setting", EffectiveSetting::name),
      Column.text("origin", "from", EffectiveSetting::origin),
      Column.text("value", "value", EffectiveSetting::value));

  private final CommandHost host;
  private final CommandContext context;

  @Option(names = "-l", description = "with the meaning of each")
  private boolean isLong;

  @Mixin
  private OutputOptions output;

  @Mixin
  private HelpOption help;

  ConfigCommand(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  @Override
  public Integer call() {
    List<EffectiveSetting> settings = host.settings(context.environment()).all();
    if (output.isJson()) {
      context.out().println(JsonOutput.line(settings));
      return Exit.DONE;
    }
    List<Column<EffectiveSetting>> columns =
        isLong ? List.of(COLUMNS.get(0), COLUMNS.get(1), COLUMNS.get(2), MEANING) : COLUMNS;
    try (RowPrinter<EffectiveSetting> rows = output.printer(columns, context.out())) {
      settings.forEach(rows::print);
    }
    return Exit.DONE;
  }
}
