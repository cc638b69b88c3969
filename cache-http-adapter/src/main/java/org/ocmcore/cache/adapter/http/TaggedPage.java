package org.ocmcore.cache.adapter.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A page that changes with the program only, and the ETag of its bytes. */
record TaggedPage(TextPage page, String tag) {
  private static final int TAG_BYTES = 18;

  static TaggedPage of(TextPage page) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(page.bytes());
      String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
      return new TaggedPage(page, '"' + text + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The page, or that the client has it.
   *
   * @param known the tags that the client has, as its header has them; null if it has none
   */
  HttpAnswer answer(String known, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("ETag", tag);
    // Kept, but never used without asking: the next version has other bytes at the same path.
    all.put("Cache-Control", "no-cache");
    boolean isKnown = known != null && (known.strip().equals("*") || known.contains(tag));
    return isKnown
        ? new HttpAnswer(304, all, new HttpAnswer.NoBody())
        : new HttpAnswer(200, all, page);
  }
}
