package org.ocmcore.cache.adapter.file;

/** Validates UTF-8 (RFC 3629). */
final class Utf8 {
  private Utf8() {}

  /** The length of the valid non-ASCII sequence at a position; 0 if there is none. */
  static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + count > to) {
      return 0;
    }
    for (int i = 1; i < count; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xff;
    boolean isShortest = !(first == 0xe0 && second < 0xa0) && !(first == 0xf0 && second < 0x90);
    boolean isCharacter = !(first == 0xed && second > 0x9f) && !(first == 0xf4 && second > 0x8f);
    return isShortest && isCharacter ? count : 0;
  }
}
