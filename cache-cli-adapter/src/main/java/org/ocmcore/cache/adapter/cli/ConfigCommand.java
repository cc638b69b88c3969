package org.ocmcore.cache.adapter.cli;

import java.util.List;
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
final class ConfigCommand extends Verb {
  private static final Column<EffectiveSetting> MEANING =
      Column.text("meaning", "meaning", EffectiveSetting::meaning);
  private static final List<Column<EffectiveSetting>> COLUMNS = List.of(
      Column.text("name", "setting", EffectiveSetting::name),
      Column.text("origin", "from", EffectiveSetting::origin),
      Column.text("value", "value", EffectiveSetting::value));

  @Option(names = "-l", description = "with the meaning of each")
  private boolean isLong;

  @Mixin
  private OutputOptions output;

  ConfigCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    List<EffectiveSetting> settings = host().settings(context().environment()).all();
    List<Column<EffectiveSetting>> columns =
        isLong ? List.of(COLUMNS.get(0), COLUMNS.get(1), COLUMNS.get(2), MEANING) : COLUMNS;
    output.print(settings, settings, columns, context());
    return Exit.DONE;
  }
}
