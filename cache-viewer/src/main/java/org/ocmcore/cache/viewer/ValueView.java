package org.ocmcore.cache.viewer;

import java.util.List;

/**
 * What the bytes of a value are.
 *
 * @param steps the steps that led to the shown bytes, in order; empty if they are shown as stored
 * @param format the form of {@code content}
 * @param notes what else is worth knowing, such as why a decoder did not apply; may be empty
 * @param offset where {@code content} begins in the text; one less than asked for where a code
 *     point would be cut, and the length if less text is there
 * @param content a window of the text; never ends or begins within a code point
 * @param length the characters of the text, as far as the limits let it be written
 * @param truncated whether text follows after {@code content}, or a limit ended the text
 */
public record ValueView(
    List<ViewStep> steps,
    ValueFormat format,
    List<String> notes,
    long offset,
    String content,
    long length,
    boolean truncated) {
  /** Copies the lists. */
  public ValueView {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }
}
