package org.ocmcore.cache.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.adapter.file.FileFormat;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.adapter.http.Spelling;
import org.ocmcore.cache.app.Command.File;
import org.ocmcore.cache.app.Command.Option;

/**
 * The arguments of a command. Every method throws {@link WrongUsage} if an argument is wrong, and
 * names the option and its value.
 */
final class CommandLine {
  private final Command command;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String> files = new ArrayList<>();

  private CommandLine(Command command) {
    this.command = command;
  }

  /**
   * Parses arguments of the form {@code --name value}, {@code --name=value} or a file; {@code --}
   * ends options.
   */
  static CommandLine parse(Command command, List<String> arguments) {
    CommandLine line = new CommandLine(command);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--")) {
        rest.forEachRemaining(line.files::add);
      } else if (argument.startsWith("-")) {
        line.addOption(argument, rest);
      } else {
        line.files.add(argument);
      }
    }
    if (!line.flag("help")) {
      line.requireFiles();
    }
    return line;
  }

  private void addOption(String argument, Iterator<String> rest) {
    if (argument.equals("-")) {
      throw new WrongUsage(
          "\"-\" is not supported: a dump is a file, which is read back and checked before it counts");
    }
    int equals = argument.indexOf('=');
    String written = equals < 0 ? argument : argument.substring(0, equals);
    Option option = option(written);
    String value = "true";
    if (!option.takesValue() && equals >= 0) {
      throw new WrongUsage(written + " takes no value, \"" + argument + "\" has one");
    }
    if (option.takesValue()) {
      String next = equals < 0 && rest.hasNext() ? rest.next() : "";
      value = equals < 0 ? next : argument.substring(equals + 1);
      if (value.isBlank()) {
        throw new WrongUsage(written + " needs a value: " + option.usage());
      }
    }
    if (given.put(option.name(), value) != null) {
      throw new WrongUsage(written + " is given twice");
    }
  }

  private Option option(String written) {
    String name = written.equals("-h") ? "--help" : written;
    return command.options().stream()
        .filter(option -> name.equals("--" + option.name()))
        .findFirst()
        .orElseThrow(
            () -> new WrongUsage(command.isService() ? tooMuch(written) : unknownOption(written)));
  }

  private String unknownOption(String written) {
    List<String> known =
        command.options().stream().map(option -> "--" + option.name()).toList();
    return "%s has no option %s; did you mean %s?"
        .formatted(command, written, Spelling.nearest(written, known));
  }

  private void requireFiles() {
    if (files.size() > command.file().most()) {
      throw new WrongUsage(tooMuch(files.get(files.size() - 1)));
    }
    if (files.contains("")) {
      throw new WrongUsage("the name of the file is empty");
    }
    if (files.size() < command.file().least()) {
      throw new WrongUsage(
          "%s needs %s: %s".formatted(command, command.file().words(), command.usage()));
    }
  }

  private String tooMuch(String argument) {
    return command.file() == File.NONE
        ? "%s takes no arguments, \"%s\" was given; settings are environment variables"
            .formatted(command, argument)
        : "%s takes %s, \"%s\" is another".formatted(command, command.file().words(), argument);
  }

  /** What stands beside the options, in order. */
  List<String> words() {
    return List.copyOf(files);
  }

  /** The file; empty if none was given. */
  Optional<Path> file() {
    return files.stream().findFirst().map(CommandLine::path);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new WrongUsage("\"" + text + "\" is no path: " + e.getReason());
    }
  }

  /** Of these the paths of files, from this one on. */
  List<Path> paths(int from) {
    return files.stream().skip(from).map(CommandLine::path).toList();
  }

  /** The format of the file; empty if it was not given. */
  Optional<FileFormat> format() {
    return text("format")
        .map(name -> FileFormat.named(name)
            .orElseThrow(
                () -> wrong("format", "it must be " + String.join(", ", FileFormat.names()))));
  }

  /** Whether a file that is a symbolic link is followed. */
  SymbolicLinks links() {
    return SymbolicLinks.followedIf(flag(Option.LINKS.name()));
  }

  /** The value of an option; empty if it was not given. */
  Optional<String> text(String option) {
    return Optional.ofNullable(given.get(option));
  }

  boolean flag(String option) {
    return given.containsKey(option);
  }

  /** A whole number within these bounds; empty if it was not given. */
  OptionalLong number(String option, long least, long most) {
    String text = given.get(option);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return OptionalLong.of(value);
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of bounds.
    }
    throw wrong(option, "it must be a whole number from %d to %d".formatted(least, most));
  }

  /** The error for the value of an option. */
  WrongUsage wrong(String option, String reason) {
    return new WrongUsage("--%s is \"%s\": %s".formatted(option, given.get(option), reason));
  }
}
