package org.ocmcore.cache.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.PrintStream;
import java.util.List;
import org.ocmcore.cache.adapter.http.AccessLog;
import org.slf4j.LoggerFactory;

/**
 * Configures Logback without a file. Logback finds it by itself. The service is logged from a level
 * that can be set; libraries only when something is wrong, at any level, since what they log to
 * find their own bugs holds headers and values.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /** What the service reports itself, or answers. */
  private static final List<String> SILENT = List.of(
      // The memcached adapter logs servers that are lost and back.
      "net.rubyeye.xmemcached",
      "com.google.code.yanf4j",
      "remoting",
      // These log each Host header, or request with two of them, that is wrong.
      "org.eclipse.jetty.util.HostPort",
      "org.eclipse.jetty.http.HttpParser");

  private static final String OURS = "org.ocmcore.cache";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    logTo(new TextAppender(), context);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(OURS).setLevel(Level.INFO);
    // Another setting turns it on.
    context.getLogger(AccessLog.LOGGER).setLevel(Level.INFO);
    SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static void logTo(Appender<ILoggingEvent> appender, LoggerContext context) {
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }

  /** Logs as JSON to this stream from now on. */
  static void logJson(PrintStream target) {
    logTo(new JsonAppender(target), context());
  }

  /** Logs lines of the service from this level on; libraries are never louder than the service. */
  static void setLevel(org.slf4j.event.Level level) {
    Level least = Level.convertAnSLF4JLevel(level);
    context().getLogger(OURS).setLevel(least);
    context()
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .setLevel(least == Level.ERROR ? Level.ERROR : Level.WARN);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
