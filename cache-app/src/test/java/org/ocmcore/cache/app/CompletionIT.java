package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts for shells, in real ones that find no other program, so no Java. */
class CompletionIT {
  private static final String NO_PROGRAMS = "PATH=/none";

  /** What is typed before Tab, and what the shell has made of it after. */
  private static final Map<String, String> COMPLETED = Map.of(
      "cache ke", "keys",
      "cache dumps g", "dumps get",
      "cache jobs fol", "jobs follow",
      "cache rm --max-k", "rm --max-keys",
      "cache dumps ls --tok", "dumps ls --token-file",
      "cache keys -o j", "keys -o json",
      "cache dumps ls --output nd", "dumps ls --output ndjson",
      "cache keys --sort si", "keys --sort size",
      "cache completion z", "completion zsh",
      "cache man insp", "man inspect");

  @TempDir
  private Path folder;

  private Path script(String shell) throws IOException {
    TypedCommand command = new TypedCommand();
    assertEquals(0, command.execute("completion", shell), command.err());
    return Files.writeString(folder.resolve("complete." + shell), command.out());
  }

  private void assertCompleted(String shell, String setUp) throws IOException {
    try (PseudoTerminal terminal =
        PseudoTerminal.start(folder, Map.of("HISTFILE", ""), "exec " + shell, List.of())) {
      // Shows what the command would get.
      terminal.send(setUp + "; cache() { printf '<%s>\\n' \"$*\"; }; " + NO_PROGRAMS + "\n");
      for (Map.Entry<String, String> each : COMPLETED.entrySet()) {
        terminal.send(each.getKey() + "\t\n");
        terminal.await("<" + each.getValue() + ">");
      }
    }
  }

  @Test
  void bashCompletesWhatIsTyped() throws IOException {
    assertCompleted("bash --norc --noprofile -i", "source " + script("bash"));
  }

  /** Whoever gives somebody a folder names the files in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect",
        "verify",
        "restore",
        "dump",
        "analyze",
        "audit verify",
        "diff",
        "keys --token-file"
      })
  void namesOfFilesAreNotExecuted(String verb) throws IOException {
    Path script = script("bash");
    Files.createFile(folder.resolve("x$(:>PWNED)"));
    Files.createFile(folder.resolve("y`:>PWNED`"));
    try (PseudoTerminal terminal = PseudoTerminal.start(
        folder, Map.of("HISTFILE", ""), "exec bash --norc --noprofile -i", List.of())) {
      terminal.send("source " + script + "; cd " + folder
          + "; cache() { printf '<%s>\\n' \"$*\"; }; " + NO_PROGRAMS + "\n");
      terminal.send("cache " + verb + " \t\t\001\013");
      terminal.send("cache " + verb + " x\t\n");
      terminal.await(verb.equals("diff") ? "<diff x" : "<" + verb + " x$(:>PWNED)>");
    }
    assertFalse(Files.exists(folder.resolve("PWNED")));
  }

  @Test
  void zshCompletesWhatIsTyped() throws IOException {
    assertCompleted(
        "zsh -f -i",
        "autoload -Uz compinit bashcompinit && compinit -u -D && bashcompinit; source "
            + script("zsh"));
  }

  private List<String> byFish(Path script, String typed) throws IOException {
    Process fish = new ProcessBuilder(
            "fish",
            "--no-config",
            "-c",
            "source %s; set PATH /none; complete -C '%s'".formatted(script, typed))
        .directory(folder.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .start();
    // A word, and its description after a tab.
    return new String(fish.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t")[0])
        .toList();
  }

  @Test
  void fishCompletesWhatIsTyped() throws IOException {
    Path script = script("fish");
    for (Map.Entry<String, String> each : COMPLETED.entrySet()) {
      String expected = each.getValue().substring(each.getValue().lastIndexOf(' ') + 1);
      assertEquals(List.of(expected), byFish(script, each.getKey()), each.getKey());
    }
  }

  @Test
  void fishOffersOnlyWhatFits() throws IOException {
    Path script = script("fish");
    List<String> verbs = byFish(script, "cache ");
    assertTrue(verbs.containsAll(List.of("serve", "tree", "stats", "dumps")), verbs.toString());
    assertFalse(verbs.contains("ls"), verbs.toString());
    assertEquals(
        List.of("get", "ls", "make", "restore", "rm"),
        byFish(script, "cache dumps ").stream().sorted().toList());
    assertEquals(
        List.of("csv", "json", "ndjson", "table"),
        byFish(script, "cache dumps ls -o ").stream().sorted().toList());
    assertEquals(List.of(), byFish(script, "cache dumps ls --max-k"));
    assertEquals(List.of("--color"), byFish(script, "cache --col"));
    assertEquals(List.of("keys"), byFish(script, "cache --color never ke"));
    assertEquals(List.of("--sort"), byFish(script, "cache keys --url http://x:1 --sor"));
  }

  @ParameterizedTest
  @CsvSource({"cache verify compl", "cache get --token-file compl", "cache diff compl"})
  void fishOffersFilesWhereTheyAreNames(String typed) throws IOException {
    assertEquals(List.of("complete.fish"), byFish(script("fish"), typed));
  }

  @Test
  void anotherShellIsRefused() {
    TypedCommand command = new TypedCommand();
    assertEquals(2, command.execute("completion", "tcsh"));
    assertTrue(command.err().contains("it must be bash, zsh, fish"), command.err());
  }
}
