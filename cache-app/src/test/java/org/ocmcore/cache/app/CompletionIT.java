package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for a shell, in a real one. */
class CompletionIT {
  @TempDir
  private Path folder;

  private static String script(int expected, String shell) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(
        expected, new Main(stream, stream, Map.of()).execute(List.of("completion", shell)));
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> completed(Path script, String words) throws IOException {
    String program =
        // Outside of a completion compopt fails.
        "compopt() { :; }; source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_cache; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, words);
    Process bash =
        new ProcessBuilder("bash", "-c", program).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .toList();
  }

  @Test
  void bashCompletesVerbsAndOptions() throws IOException {
    Path script = Files.writeString(folder.resolve("complete"), script(0, "bash"));
    assertEquals(List.of("keys"), completed(script, "cache ke"));
    assertTrue(completed(script, "cache rm --m").contains("--max-keys"));
    assertTrue(completed(script, "cache ''").containsAll(List.of("serve", "tree", "stats")));
  }

  @Test
  void anotherShellIsRefused() {
    assertTrue(script(2, "tcsh").contains("it must be bash or zsh"));
  }
}
