package org.ocmcore.cache.viewer;

import java.util.Arrays;

/** The name of a property as PHP writes it: with its class if private, with a star if protected. */
final class PhpProperty {
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
    Utf8Text.quote(Arrays.copyOfRange(name, end + 1, name.length), out);
    String owner = Utf8Text.name(Arrays.copyOfRange(name, 1, end));
    out.text(owner.equals("*") ? " (protected)" : " (private in " + owner + ")");
  }
}
