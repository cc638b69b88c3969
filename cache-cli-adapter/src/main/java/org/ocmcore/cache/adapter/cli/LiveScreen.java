package org.ocmcore.cache.adapter.cli;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The whole terminal: shows lines, and gets keys one by one. The one class that uses JLine, which
 * takes long to load. Writes to the standard output itself, so that nothing keeps the screen from
 * being restored. One thread draws and gets keys; any thread may close it.
 */
final class LiveScreen implements AutoCloseable {
  /** No key was pressed in time. */
  static final int NO_KEY = NonBlockingReader.READ_EXPIRED;

  /** The terminal is gone. */
  static final int END = NonBlockingReader.EOF;

  private static final int DISABLED = 0;
  private static final int ESCAPE = 27;
  private static final long SEQUENCE_MILLIS = 20;

  private final Terminal terminal;
  private final PrintStream out;
  private final boolean isColoured;
  private boolean isClosed;

  private LiveScreen(Terminal terminal, PrintStream out, boolean isColoured) {
    this.terminal = terminal;
    this.out = out;
    this.isColoured = isColoured;
  }

  /**
   * Takes the terminal of the process.
   *
   * @param out the standard output, which escapes nothing
   * @throws IOException if standard input and output are no terminal
   */
  static LiveScreen open(PrintStream out, boolean isColoured) throws IOException {
    Terminal terminal = TerminalBuilder.builder()
        .system(true)
        .dumb(false)
        .nativeSignals(false)
        // Otherwise it asks the terminal, whose answer would arrive as keys.
        .graphemeCluster(false)
        .build();
    LiveScreen screen = new LiveScreen(terminal, out, isColoured);
    screen.takeKeys();
    screen.write(screen.sequence(Capability.enter_ca_mode)
        + screen.sequence(Capability.cursor_invisible)
        + screen.sequence(Capability.clear_screen));
    return screen;
  }

  /** Keys come at once and are not shown. Ctrl-C ends the process, as elsewhere. */
  private void takeKeys() {
    terminal.enterRawMode();
    Attributes modes = terminal.getAttributes();
    modes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
    // Neither stops the process nor prints its threads while the screen is taken.
    modes.setControlChar(Attributes.ControlChar.VSUSP, DISABLED);
    modes.setControlChar(Attributes.ControlChar.VQUIT, DISABLED);
    terminal.setAttributes(modes);
  }

  /** Its size now. @throws IOException if the terminal is closed */
  ScreenSize size() throws IOException {
    try {
      Size size = terminal.getSize();
      return ScreenSize.of(size.getColumns(), size.getRows());
    } catch (IllegalStateException | IOError e) {
      throw closed(e);
    }
  }

  /** JLine has closed it, since the process ends. */
  private static IOException closed(Throwable cause) {
    return new IOException("the terminal is closed: " + cause.getMessage(), cause);
  }

  /** Shows these lines instead of all that was there. */
  void draw(List<ScreenLine> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      ScreenLine line = lines.get(i);
      // Cleared before, not after: a full line has its cursor on its last character.
      text.append(sequence(Capability.cursor_address, i, 0))
          .append(sequence(Capability.clr_eol))
          .append(isColoured ? line.style().around(line.text()) : line.text());
    }
    write(text.toString());
  }

  /** Clears what a terminal has made of the lines when its size has changed. */
  void clear() {
    write(sequence(Capability.clear_screen));
  }

  /**
   * Waits for a key. Ignores keys that send sequences, such as arrows.
   *
   * @return the character; {@link #NO_KEY} or {@link #END}
   * @throws IOException if the terminal is closed
   */
  int key(Duration patience) throws IOException {
    try {
      return key(terminal.reader(), patience);
    } catch (IllegalStateException | IOError e) {
      throw closed(e);
    }
  }

  private static int key(NonBlockingReader keys, Duration patience) throws IOException {
    int key = keys.read(patience.toMillis());
    if (key != ESCAPE) {
      return key;
    }
    int next = keys.read(SEQUENCE_MILLIS);
    if (next == '[' || next == 'O') {
      do {
        next = keys.read(SEQUENCE_MILLIS);
      } while (next >= ' ' && next < '@');
    }
    return NO_KEY;
  }

  /** What makes the terminal do this; empty if it cannot. */
  private String sequence(Capability capability, Object... numbers) {
    String template = terminal.getStringCapability(capability);
    return template == null ? "" : Curses.tputs(template, numbers);
  }

  private synchronized void write(String text) {
    if (!isClosed) {
      out.print(text);
      out.flush();
    }
  }

  /** Restores the screen, the cursor and the modes of the terminal. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      write(sequence(Capability.cursor_normal) + sequence(Capability.exit_ca_mode));
      isClosed = true;
    }
    terminal.close();
  }
}
