package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;

/** The name of a property as PHP writes it: with its class if private, with a star if protected. */
final class PhpProperty {
  private static final int MAX_OWNER = 10_000;

  private PhpProperty() {}

  static void write(byte[] name, ViewOutput out) {
    int end = 0;
    for (int i = 1; i < name.length && name[0] == 0 && end == 0; i++) {
      end = name[i] == 0 ? i : 0;
    }
    if (end == 0) {
      Utf8Text.quote(name, out);
      return;
    }
    Utf8Text.quote(name, end + 1, name.length, out);
    String owner =
        Utf8Text.name(new String(name, 1, Math.min(end - 1, MAX_OWNER), StandardCharsets.UTF_8));
    out.text(owner.equals("*") ? " (protected)" : " (private in " + owner + ")");
  }
}
