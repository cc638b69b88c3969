package org.ocmcore.cache.adapter.cli;

/** A line of a screen. @param text printable, and not wider than the screen */
record ScreenLine(Style style, String text) {}
