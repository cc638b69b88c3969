package org.ocmcore.cache.viewer;

import java.util.Base64;

/** Base64 of the usual or the URL alphabet, with or without line breaks and padding. */
final class Base64Decoder implements ByteDecoder {
  @Override
  public String name() {
    return "base64";
  }

  @Override
  public String evidence(byte[] value) {
    int size = value.length;
    while (size > 0 && (value[size - 1] == '=' || isSpace(value[size - 1]))) {
      size--;
    }
    if (size < 12) {
      return "";
    }
    for (int i = 0; i < size; i++) {
      if (!isDigit(value[i]) && !isSpace(value[i])) {
        return "";
      }
    }
    return "only base64 digits";
  }

  private static boolean isSpace(byte character) {
    return character == '\r' || character == '\n';
  }

  private static boolean isDigit(byte character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || character == '+'
        || character == '/'
        || character == '-'
        || character == '_';
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    byte[] digits = budget.decode(name(), value.length, out -> {
      for (byte each : value) {
        if (!isSpace(each)) {
          out.write(each == '-' ? '+' : each == '_' ? '/' : each);
        }
      }
    });
    try {
      budget.take(digits.length);
      return Base64.getDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      throw new DecodingException(name(), "the value is no base64: " + e.getMessage(), e);
    }
  }
}
