package org.ocmcore.cache.adapter.cli;

/** The size of a screen in characters. */
record ScreenSize(int width, int height) {
  /** What terminals have that do not say. */
  private static final ScreenSize USUAL = new ScreenSize(80, 24);

  /** @param width 0 if the terminal does not say; so is the height */
  static ScreenSize of(int width, int height) {
    return new ScreenSize(width > 0 ? width : USUAL.width(), height > 0 ? height : USUAL.height());
  }
}
