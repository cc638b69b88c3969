package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintStream;

/** Prints keys as one JSON object, as the API answers it; holds one key at a time. */
final class JsonKeys {
  private JsonKeys() {}

  private record Rest(
      long count, long totalKeys, @JsonUnwrapped FreshnessView freshness) {}

  static void print(KeysView keys, ResultStream result) {
    PrintStream out = result.out();
    out.print("{\"keys\":[");
    boolean[] isFirst = {true};
    keys.keys().accept(key -> {
      out.print(isFirst[0] ? "" : ",");
      isFirst[0] = false;
      out.print(JsonOutput.line(key));
      result.rowPrinted();
    });
    String rest = JsonOutput.line(new Rest(keys.count(), keys.totalKeys(), keys.freshness()));
    out.println("]," + rest.substring(1));
  }
}
