package org.ocmcore.cache.adapter.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What is wrong with a JSON text, in words that people understand. */
final class JsonFault {
  /** What Jackson says about a character or a word that must not be there. */
  private static final Pattern UNEXPECTED =
      Pattern.compile("^(?:Unexpected character|Unrecognized token) \\(?('[^']{1,50}'|''')");

  private JsonFault() {}

  /** Where it is wrong and why, to follow a sentence. */
  static String words(JacksonException e) {
    return place(e.getLocation()) + cause(e);
  }

  /** Where it is wrong: Jackson says what is wrong in words that only its users understand. */
  private static String place(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ": it is too deeply nested, or a number or name in it is too long or too large"
        : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** What stands there, in words; nothing if Jackson's message is none of the usual ones. */
  private static String cause(JacksonException e) {
    Matcher unexpected = UNEXPECTED.matcher(e.getOriginalMessage());
    if (unexpected.find()) {
      return ": there is " + unexpected.group(1) + ", which is no JSON there";
    }
    return e.getOriginalMessage().startsWith("Unexpected end-of-input")
        ? ": it ends too early"
        : "";
  }
}
