package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.util.Optional;

/** What came back from the API when all went well, and how long it took from asking to its end. */
public final class ApiAnswer {
  private final String path;
  private final double seconds;
  private final long length;
  private final String ends;

  ApiAnswer(String path, double seconds, long length, String ends) {
    this.path = path;
    this.seconds = seconds;
    this.length = length;
    this.ends = ends;
  }

  public double seconds() {
    return seconds;
  }

  /** Bytes of the body. */
  public long length() {
    return length;
  }

  /** The body, without its middle if it is longer than a MiB. */
  public String text() {
    return ends;
  }

  /** A field that is a number or a plain text, near the begin or the end of the body. */
  public Optional<String> field(String name) {
    return JsonText.field(ends, name);
  }

  /**
   * This answer, if the field has this value.
   *
   * @throws IOException if not
   */
  public ApiAnswer with(String name, long expected) throws IOException {
    return with(name, expected, expected);
  }

  /** This answer, if the field is a number within these bounds. */
  public ApiAnswer with(String name, long least, long most) throws IOException {
    String told = field(name).orElse("missing");
    if (!told.matches("[0-9]{1,18}")
        || Long.parseLong(told) < least
        || Long.parseLong(told) > most) {
      throw new IOException("GET %s: %s is %s, expected %s"
          .formatted(path, name, told, least == most ? least : least + " to " + most));
    }
    return this;
  }

  /** This answer, if a field of this name comes so often in a body of at most a MiB. */
  public ApiAnswer withMany(String name, long expected) throws IOException {
    long count = JsonText.count(ends, name);
    if (count != expected) {
      throw new IOException(
          "GET %s: there are %d fields %s, expected %d".formatted(path, count, name, expected));
    }
    return this;
  }
}
