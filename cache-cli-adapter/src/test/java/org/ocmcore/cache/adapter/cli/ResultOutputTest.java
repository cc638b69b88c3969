package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that cannot be written is an error, unless nobody wants it any more. */
class ResultOutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int execute(String line, String failure) {
    OutputStream broken = new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(failure);
      }
    };
    CommandContext context = new CommandContext(
        new ByteArrayInputStream(new byte[0]),
        broken,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        Map.of(),
        new Interruption(),
        Clock.systemUTC());
    return new CommandLineRunner(new RefusingHost(), context).execute(List.of(line.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "keys --help", "help", "man", "completion bash"})
  void aLostResultIsAnError(String line) {
    assertEquals(Exit.FAILED, execute(line, "No space left on device"));
    assertEquals(
        "cache: the result could not be written: No space left on device\n",
        err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "man", "completion fish"})
  void aReaderThatHasGoneIsNone(String line) {
    assertEquals(Exit.DONE, execute(line, "Broken pipe"));
    assertTrue(err.toString(StandardCharsets.UTF_8).isEmpty(), err.toString());
  }
}
