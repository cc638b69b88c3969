package org.ocmcore.cache.adapter.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a verb, in the macros of man(7). */
final class ManualPage {
  private final CommandSpec verb;
  private final String version;
  private final LocalDate made;
  private final StringBuilder page = new StringBuilder();

  /**
   * @param version of the program
   * @param made the day on which the page is made
   */
  ManualPage(CommandSpec verb, String version, LocalDate made) {
    this.made = made;
    this.verb = verb;
    this.version = version;
  }

  /** The whole page. */
  String text() {
    String name = verb.qualifiedName("-");
    UsageMessageSpec help = verb.usageMessage();
    line(".TH %s 1 \"%s\" \"Cache App %s\" \"Cache App\""
        .formatted(name.toUpperCase(Locale.ROOT), made, escaped(version)));
    section("NAME");
    line(
        "%s \\- %s".formatted(name.replace("-", "\\-"), escaped(withoutStop(join(help.header())))));
    section("SYNOPSIS");
    line(synopsis());
    if (help.description().length > 0) {
      section("DESCRIPTION");
      line(escaped(join(help.description())));
    }
    verbs();
    arguments();
    section("EXIT STATUS");
    line(escaped(String.join(" ", Exit.HELP.lines().toList())));
    section("ENVIRONMENT");
    line("Settings are environment variables; cache config lists them.");
    line("CACHE_URL names a service, CACHE_TOKEN the token for it.");
    section("SEE ALSO");
    line(verb.parent() == null ? "memcached(1)" : "cache(1)");
    return page.toString();
  }

  private String synopsis() {
    StringBuilder line = new StringBuilder("\\fB%s\\fR".formatted(verb.qualifiedName()));
    if (!verb.subcommands().isEmpty()) {
      return line.append(" \\fIVERB\\fR [\\fIOPTION\\fR]...").toString();
    }
    if (!verb.options().isEmpty()) {
      line.append(" [\\fIOPTION\\fR]...");
    }
    for (PositionalParamSpec word : verb.positionalParameters()) {
      String label = "\\fI%s\\fR".formatted(escaped(word.paramLabel()));
      line.append(word.required() ? " " + label : " [" + label + "]");
      line.append(word.arity().max() > 1 ? "..." : "");
    }
    return line.toString();
  }

  private void verbs() {
    if (verb.subcommands().isEmpty()) {
      return;
    }
    section("VERBS");
    for (Map.Entry<String, CommandLine> each : verb.subcommands().entrySet()) {
      CommandSpec child = each.getValue().getCommandSpec();
      item(
          "\\fB%s\\fR".formatted(escaped(each.getKey())),
          join(child.usageMessage().header()));
    }
  }

  private void arguments() {
    if (verb.options().isEmpty() && verb.positionalParameters().isEmpty()) {
      return;
    }
    section("OPTIONS");
    for (PositionalParamSpec word : verb.positionalParameters()) {
      item("\\fI%s\\fR".formatted(escaped(word.paramLabel())), description(word));
    }
    for (OptionSpec option : verb.options()) {
      String names = escaped(String.join(", ", option.names()));
      String value =
          option.arity().max() == 0 ? "" : " \\fI%s\\fR".formatted(escaped(option.paramLabel()));
      item("\\fB%s\\fR%s".formatted(names, value), description(option));
    }
  }

  private static String description(ArgSpec argument) {
    return join(argument.description());
  }

  private void item(String tag, String text) {
    line(".TP");
    line(tag);
    line(escaped(text));
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String join(String... lines) {
    // picocli formats its texts.
    return String.join(" ", List.of(lines))
        .replace("%n", " ")
        .replace("%%", "%")
        .strip();
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  /** As text, whatever is in it: no request, no escape, and hyphens that can be copied. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
