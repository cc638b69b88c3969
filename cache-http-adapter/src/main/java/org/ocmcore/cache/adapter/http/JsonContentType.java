package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The content type and encoding that a body must have. Browsers send the type for a page of another
 * site only with leave, which this service never gives.
 */
final class JsonContentType {
  /** A charset can only be UTF-8 (RFC 8259, section 8.1); there are no other parameters. */
  private static final Pattern FORM = Pattern.compile(
      "application/json(?:[ \\t]*;[ \\t]*charset=(?:utf-8|\"utf-8\"))?", Pattern.CASE_INSENSITIVE);

  private JsonContentType() {}

  /**
   * Rejects a request with a compressed body: as plain bytes it would be something else.
   *
   * @param sent the values of all headers {@code Content-Encoding}
   */
  static void requireUnencoded(List<String> sent) {
    for (String coding : sent) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
        throw new RequestRejected(
            Kind.UNSUPPORTED_MEDIA_TYPE,
            "Content-Encoding is \"%s\", send the body as it is, without this header"
                .formatted(String.join("\" and \"", sent)));
      }
    }
  }

  /**
   * Rejects a request with a body of another type.
   *
   * @param sent the values of all headers {@code Content-Type}
   */
  static void require(List<String> sent) {
    if (sent.size() != 1 || !FORM.matcher(sent.get(0).strip()).matches()) {
      String given = sent.isEmpty() ? "missing" : '"' + String.join("\" and \"", sent) + '"';
      throw new RequestRejected(
          Kind.UNSUPPORTED_MEDIA_TYPE,
          "the content type is %s, send the body as application/json, in UTF-8".formatted(given));
    }
  }
}
