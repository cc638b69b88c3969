package org.ocmcore.cache.adapter.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A page that changes with the program only. @param tag made from its bytes, without quotes */
record TaggedPage(TextPage page, String tag) {
  private static final int TAG_BYTES = 18;

  static TaggedPage of(TextPage page) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(page.bytes());
      return new TaggedPage(
          page, Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The page, or 304 if the client has it.
   *
   * @param known the tags that the client has
   * @param version the tag that the address asks for; empty if it asks for what there is
   */
  HttpAnswer answer(
      Optional<EntityTags> known, Optional<String> version, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("ETag", '"' + tag + '"');
    // Without a version it is never used without asking: the next one has the same address.
    all.put(
        "Cache-Control",
        version.equals(Optional.of(tag)) ? "max-age=31536000, immutable" : "no-cache");
    return known.filter(tags -> tags.include(tag)).isPresent()
        ? new HttpAnswer(304, all, new HttpAnswer.NoBody())
        : new HttpAnswer(200, all, page);
  }
}
