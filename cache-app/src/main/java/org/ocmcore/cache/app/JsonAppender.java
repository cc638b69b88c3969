package org.ocmcore.cache.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/** Logs for programs: each event is one line, a JSON object. */
final class JsonAppender extends AppenderBase<ILoggingEvent> {
  private final PrintStream target;

  JsonAppender(PrintStream target) {
    this.target = target;
  }

  @Override
  protected void append(ILoggingEvent event) {
    JsonLine line = new JsonLine(
        Instant.ofEpochMilli(event.getTimeStamp()),
        event.getLevel().toString().toLowerCase(Locale.ROOT),
        event.getLoggerName(),
        event.getFormattedMessage());
    event.getMDCPropertyMap().forEach(line::with);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.with(pair.key, pair.value));
    }
    if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
      line.with("exception", trace(failure.getThrowable()));
    }
    target.println(line);
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString().strip();
  }
}
