package org.ocmcore.cache.viewer;

/** UTF-8 text as it is. */
final class TextRenderer implements ValueRenderer {
  @Override
  public ValueFormat format() {
    return ValueFormat.TEXT;
  }

  @Override
  public boolean fits(byte[] value) {
    return Utf8Text.isPlain(value);
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    int invalid = Utf8Text.firstInvalid(value);
    if (invalid >= 0) {
      throw new DecodingException("text", "byte " + invalid + " is not UTF-8");
    }
    Utf8Text.write(value, 0, value.length, out);
  }
}
