package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Messages messages =
      new Messages(new PrintableStream(new PrintStream(err, true, StandardCharsets.UTF_8)));

  @Test
  void peopleGetLines() {
    messages.print("a\u001b");
    messages.printPart("  b");
    messages.printProblem("c");
    messages.printFailure("d", Optional.of("urn:x"), 6);
    assertEquals("cache: a\\x1b\n  b\ncache: c\ncache: d\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void scriptsGetAnObjectALine() {
    messages.useJson();
    messages.print("a\u001b\n");
    messages.printPart("  b");
    messages.printProblem("c");
    messages.printFailure("d", Optional.of("urn:x"), 6);
    assertEquals("""
        {"message":"a\\u001B\\n"}
        {"message":"b"}
        {"problem":"c"}
        {"problem":"d","type":"urn:x","exit_status":6}
        """, err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o json",
        "-ojson",
        "-o=json",
        "--output json",
        "--output=ndjson",
        "keys --wrong -o ndjson"
      })
  void jsonIsFoundInAnyForm(String arguments) {
    assertTrue(OutputOptions.areJson(List.of(arguments.split(" "))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"json", "-o csv", "-o", "-- -o json", "--output=table", "get json", "-x json"})
  void nothingElseIsJson(String arguments) {
    assertFalse(OutputOptions.areJson(List.of(arguments.split(" "))));
  }
}
