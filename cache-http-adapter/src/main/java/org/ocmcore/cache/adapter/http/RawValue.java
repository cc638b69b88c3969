package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.named.PlacedEntry;

/** The bytes of a value as the body of an answer. The array is not copied. */
record RawValue(byte[] bytes) {
  private static final String FLAGS = "X-Memcached-Flags";

  /** The answer with the value of a key, to be saved as a file. */
  static HttpAnswer answer(PlacedEntry found) {
    CacheValue value = found.entry().value();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Disposition", AttachmentName.header(found.entry().key()));
    headers.put(FLAGS, Long.toString(value.flags()));
    return new HttpAnswer(200, headers, new RawValue(value.bytes()));
  }
}
