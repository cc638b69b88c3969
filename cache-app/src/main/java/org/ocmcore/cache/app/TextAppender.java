package org.ocmcore.cache.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.ocmcore.cache.adapter.cli.PrintableStream;
import org.slf4j.event.KeyValuePair;

/**
 * Logs for people, to standard error. A message is one line of printable characters, whatever it
 * holds; so is each line of a stack trace, which follows.
 */
final class TextAppender extends AppenderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  @Override
  protected void append(ILoggingEvent event) {
    PrintStream err = System.err instanceof PrintableStream printable
        ? printable
        : new PrintableStream(System.err);
    err.println(line(event));
    if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
      failure.getThrowable().printStackTrace(err);
    }
  }

  private static String line(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder line = new StringBuilder()
        .append(
            TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault())))
        .append(' ')
        .append(event.getLevel())
        .append(' ')
        .append(logger.substring(logger.lastIndexOf('.') + 1))
        .append(" - ")
        .append(event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> append(line, pair.key, pair.value));
    }
    event.getMDCPropertyMap().forEach((key, value) -> append(line, key, value));
    return line.toString();
  }

  private static void append(StringBuilder line, String key, Object value) {
    line.append(' ').append(key).append('=').append(value);
  }
}
