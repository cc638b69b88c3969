package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command says beside its result: lines for people, or with {@code -o json} and {@code -o
 * ndjson} a JSON object a line. Safe for use by any number of threads.
 */
final class Messages {
  private static final String NAME = "cache: ";

  private final PrintStream err;
  private volatile boolean isJson;

  Messages(PrintStream err) {
    this.err = err;
  }

  private record Message(String message) {}

  private record Problem(
      String problem,
      @JsonInclude(Include.NON_ABSENT) Optional<String> type,
      @JsonInclude(Include.NON_ABSENT) OptionalInt exitStatus) {}

  /** From now on, each message is a JSON object. */
  void useJson() {
    isJson = true;
  }

  /** Whether each message is a JSON object. */
  boolean areJson() {
    return isJson;
  }

  /** Where they go. */
  PrintStream stream() {
    return err;
  }

  /** Prints a message in one line. */
  void print(String message) {
    if (isJson) {
      err.println(JsonOutput.line(new Message(message)));
    } else {
      err.println(NAME + message);
    }
  }

  /** Prints a part of a longer text for people, as it is. */
  void printPart(String line) {
    if (isJson) {
      err.println(JsonOutput.line(new Message(line.strip())));
    } else {
      err.println(line);
    }
  }

  /** Prints an error in one line; the command goes on. */
  void printProblem(String message) {
    printProblem(message, Optional.empty(), OptionalInt.empty());
  }

  /** Prints why the command ends. @param exit the exit status */
  void printFailure(String message, int exit) {
    printFailure(message, Optional.empty(), exit);
  }

  /**
   * The same.
   *
   * @param type of the problem in the API; empty if it is none of the API
   * @param exit the exit status
   */
  void printFailure(String message, Optional<String> type, int exit) {
    printProblem(message, type, OptionalInt.of(exit));
  }

  private void printProblem(String message, Optional<String> type, OptionalInt exit) {
    if (isJson) {
      err.println(JsonOutput.line(new Problem(message, type, exit)));
    } else {
      Style.ERROR.println(err, NAME + message);
    }
  }
}
