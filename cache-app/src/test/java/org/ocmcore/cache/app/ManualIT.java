package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual pages, as a real formatter reads them. */
class ManualIT {
  /** A verb in a list of verbs, or an option in the help. */
  private static final Pattern VERB = Pattern.compile("(?m)^  ([a-z]+) ");

  private static final Pattern OPTION =
      Pattern.compile("(?m)^  +(-[^ ,=\\s]+)(?:, (--[a-z0-9-]+))?");

  @TempDir
  private Path folder;

  private static String printed(List<String> words) {
    TypedCommand command = new TypedCommand();
    assertEquals(0, command.execute(words.toArray(String[]::new)), command.err());
    return command.out();
  }

  private static List<String> and(List<String> words, String last) {
    return Stream.concat(words.stream(), Stream.of(last)).toList();
  }

  /** The words of the program (none), and of every verb and verb of a group. */
  static Stream<List<String>> verbs() {
    return withThoseBelow(List.of());
  }

  private static Stream<List<String>> withThoseBelow(List<String> words) {
    String help = printed(and(words, "--help"));
    int list = help.indexOf("\nVerbs:");
    if (list < 0) {
      return Stream.of(words);
    }
    Stream<String> names =
        VERB.matcher(help.substring(list)).results().map(found -> found.group(1));
    return Stream.concat(
        Stream.of(words),
        names
            .filter(name -> !name.equals("help"))
            .flatMap(name -> withThoseBelow(and(words, name))));
  }

  private static String formatted(String option, Path page) throws IOException {
    Process mandoc = new ProcessBuilder("mandoc", option, "-W", "warning", page.toString())
        .redirectErrorStream(true)
        .start();
    return new String(mandoc.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        // Bold and underlined characters are printed twice, with a backspace between.
        .replaceAll(".\b", "");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyPageIsWellFormedAndHasAllOptions(List<String> verb) throws IOException {
    String source = printed(Stream.concat(Stream.of("man"), verb.stream()).toList());
    Path page = Files.writeString(folder.resolve("cache.1"), source);
    assertEquals("", formatted("-Tlint", page), source);
    String text = formatted("-Tutf8", page);
    assertTrue(
        text.contains(
            "cache" + String.join("", verb.stream().map(word -> " " + word).toList())),
        text);
    Matcher option = OPTION.matcher(printed(and(verb, "--help")));
    int options = 0;
    while (option.find()) {
      options++;
      for (String name : Stream.of(option.group(1), option.group(2))
          .filter(found -> found != null)
          .toList()) {
        assertTrue(
            Pattern.compile("(?m)^ +(-\\S+, )?" + Pattern.quote(name) + "(,| |$)")
                .matcher(text)
                .find(),
            name + " is missing in: " + text);
      }
    }
    assertTrue(options > 0, "--help at least");
  }
}
