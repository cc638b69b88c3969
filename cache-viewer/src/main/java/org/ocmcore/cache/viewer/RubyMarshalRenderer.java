package org.ocmcore.cache.viewer;

/** Ruby's Marshal as a tree. Classes are names only; nothing is loaded. */
final class RubyMarshalRenderer implements ValueRenderer {
  private static final int VERSION = 0x0408;

  @Override
  public ValueFormat format() {
    return ValueFormat.RUBY;
  }

  @Override
  public boolean fits(byte[] value) {
    return value.length > 2 && new ViewInput("ruby", value).bigEndian(2) == VERSION;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("ruby", value, out.budget());
    if (in.bigEndian(2) != VERSION) {
      throw new DecodingException("ruby", "the value does not begin with 04 08");
    }
    new RubyMarshalReader(in, out).value();
    in.requireEnd();
  }
}
