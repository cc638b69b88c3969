package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code bin/verify}. None of these calls builds anything. */
class VerifyScriptTest {
  private record Result(int status, String printed) {}

  private static Result verify(String options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Path.of("..", "bin", "verify").toString()));
    command.addAll(List.of(options.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), printed);
  }

  @Test
  void helpNamesTheOptions() throws Exception {
    Result result = verify("--help");
    assertEquals(0, result.status);
    assertTrue(result.printed.contains("--soak MINUTES"), result.printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--unknown", "soak", "--help=x", "-x"})
  void anUnknownOptionIsAnError(String option) throws Exception {
    assertEquals(
        new Result(2, "verify: unknown option: " + option + "; try bin/verify --help\n"),
        verify(option));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--soak", "--soak 0", "--soak x", "--soak -1", "--soak --help"})
  void aSoakNeedsMinutes(String options) throws Exception {
    Result result = verify(options);
    assertEquals(2, result.status);
    assertTrue(
        result.printed.startsWith("verify: --soak needs a number of minutes"), result.printed);
  }
}
